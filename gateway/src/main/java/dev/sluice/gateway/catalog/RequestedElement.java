package dev.sluice.gateway.catalog;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Which element a request is about: by its key or the original's number, in the path or in the body. */
public final class RequestedElement {
    private static final String FIELD = "element.key";

    private final Elements elements;

    /** One of these elements. */
    public RequestedElement(Elements elements) {
        this.elements = elements;
    }

    /**
     * The element that the path names as {@code keyOrId}; empty when the path has no such part.
     *
     * @throws NotFoundException when there is no such element
     */
    public Optional<Element> inPath(ServerRequest request) {
        return Optional.ofNullable(request.pathVariables().get("keyOrId"))
                .map(keyOrId -> elements.findByKeyOrId(keyOrId)
                        .orElseThrow(() -> new NotFoundException("element: unknown (expected: " + known() + ")")));
    }

    /**
     * The element of something new.
     *
     * @param inBody key or number that the body names, or null
     * @throws BadRequestException when path and body name none, or two
     */
    public Element of(ServerRequest request, @Nullable String inBody) {
        Optional<Element> inPath = inPath(request);
        Optional<Element> named = named(inBody);
        if (inPath.isPresent() && named.isPresent() && !inPath.equals(named)) {
            throw new BadRequestException(FIELD, "another element than in the path", "the same, or none");
        }
        return inPath.or(() -> named).orElseThrow(() -> new BadRequestException(FIELD, "missing", known()));
    }

    /**
     * The element of something that is there, which a request may repeat and cannot change.
     *
     * @param inBody key or number that the body names, or null
     * @throws BadRequestException when the body names another
     */
    public Element of(String elementKey, @Nullable String inBody) {
        Element element = elements.find(elementKey).orElseThrow();
        if (named(inBody).filter(named -> !named.equals(element)).isPresent()) {
            throw new BadRequestException(FIELD, "another element", elementKey + ", which cannot change");
        }
        return element;
    }

    private Optional<Element> named(@Nullable String keyOrId) {
        return Optional.ofNullable(keyOrId)
                .map(given -> elements.findByKeyOrId(given)
                        .orElseThrow(() -> new BadRequestException(FIELD, "unknown", known())));
    }

    private String known() {
        return "one of " + String.join(", ", elements.keys());
    }
}
