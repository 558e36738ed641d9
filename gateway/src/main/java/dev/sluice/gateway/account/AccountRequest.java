package dev.sluice.gateway.account;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.request.PlainText;
import dev.sluice.persistence.account.UserRepository;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.reactive.function.server.ServerRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request says about an organization or a user. */
final class AccountRequest {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private AccountRequest() {}

    static String organizationName(ObjectNode body) {
        return text(body, "name");
    }

    /**
     * A new user.
     *
     * @param ownOrganization the organization when the body names none
     */
    static UserRepository.Draft user(ObjectNode body, long ownOrganization) {
        String email = text(body, "emailAddress");
        if (!EMAIL.matcher(email).matches()) {
            throw new BadRequestException("emailAddress", "not understood", "name@host");
        }
        return new UserRepository.Draft(
                organizationId(body).orElse(ownOrganization), email, text(body, "firstName"), text(body, "lastName"));
    }

    private static Optional<Long> organizationId(ObjectNode body) {
        return given(body, "organizationId").map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw new BadRequestException("organizationId", "no whole number", "an organization's id");
            }
            return value.asLong();
        });
    }

    private static String text(ObjectNode body, String field) {
        return given(body, field)
                .map(value -> PlainText.of(field, value))
                .orElseThrow(() -> new BadRequestException(field, "missing", "text of 1..255 characters"));
    }

    private static Optional<JsonNode> given(ObjectNode body, String field) {
        return Optional.ofNullable(body.get(field)).filter(value -> !value.isNull());
    }

    /** The number in the path. */
    static long id(ServerRequest request) {
        try {
            return Long.parseLong(request.pathVariable("id"));
        } catch (NumberFormatException notANumber) {
            throw unknown();
        }
    }

    static NotFoundException unknown() {
        return new NotFoundException("id: no such organization or user");
    }
}
