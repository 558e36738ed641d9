package dev.sluice.gateway.error;

import dev.sluice.normalizers.MalformedBodyException;
import dev.sluice.persistence.connection.StoreUnavailableException;
import dev.sluice.persistence.groupcommit.QueueFullException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Finds out what an exception means for the one who sent the request. */
final class Translation {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private Translation() {}

    static RequestException of(Throwable error, ServerHttpRequest request) {
        if (error instanceof RequestException refusal) {
            return refusal;
        }
        if (error instanceof MalformedBodyException malformed) {
            return new BadRequestException(
                    Objects.requireNonNullElse(malformed.getMessage(), "body: malformed"), malformed);
        }
        if (error instanceof ErrorResponse refusal) {
            return ofFramework(refusal, error, request);
        }
        return isStoreAway(error)
                ? new UnavailableException("The store cannot be reached. Try again.", RETRY_AFTER, error)
                : new InternalException(error);
    }

    /** The status alone, for those who count. */
    static HttpStatus status(Throwable error) {
        if (error instanceof RequestException refusal) {
            return refusal.status();
        }
        if (error instanceof MalformedBodyException) {
            return HttpStatus.BAD_REQUEST;
        }
        return isStoreAway(error) ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static boolean isStoreAway(Throwable error) {
        return error instanceof StoreUnavailableException
                || error instanceof QueueFullException
                || error instanceof DataAccessResourceFailureException
                || error instanceof TransientDataAccessException
                || error instanceof CannotCreateTransactionException;
    }

    private static RequestException ofFramework(ErrorResponse refusal, Throwable error, ServerHttpRequest request) {
        HttpStatus status = HttpStatus.resolve(refusal.getStatusCode().value());
        return status == null || status.is5xxServerError()
                ? new InternalException(error)
                : new FrameworkException(status, message(status, error, request), refusal, error);
    }

    private static String message(HttpStatus status, Throwable error, ServerHttpRequest request) {
        if (error instanceof MethodNotAllowedException wrongMethod) {
            return "method: " + wrongMethod.getHttpMethod() + " (expected: "
                    + wrongMethod.getSupportedMethods().stream()
                            .map(HttpMethod::name)
                            .sorted()
                            .collect(Collectors.joining(" or "))
                    + ")";
        }
        if (error instanceof UnsupportedMediaTypeStatusException wrongType) {
            return "Content-Type: " + wrongType.getContentType() + " (expected: "
                    + listed(wrongType.getSupportedMediaTypes()) + ")";
        }
        if (error instanceof NotAcceptableStatusException noAnswer) {
            return "Accept: none of what is answered (expected: " + listed(noAnswer.getSupportedMediaTypes()) + ")";
        }
        if (error instanceof ServerWebInputException badInput) {
            return Objects.requireNonNullElse(badInput.getReason(), status.getReasonPhrase());
        }
        return status == HttpStatus.NOT_FOUND
                ? "path: " + request.getPath().value() + " (expected: one of the API's)"
                : status.getReasonPhrase();
    }

    private static String listed(List<MediaType> types) {
        return types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
    }
}
