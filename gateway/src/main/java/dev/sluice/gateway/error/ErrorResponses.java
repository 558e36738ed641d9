package dev.sluice.gateway.error;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests that could not be served, in the original's shape. Ahead of the framework's own answers. */
@Order(-2)
public final class ErrorResponses implements WebExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Answers with what the exception means; passes it on when an answer has begun already. */
    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        if (isHangUp(error)) {
            LOG.debug("A sender hung up before it was answered", error);
            return Mono.empty();
        }
        return Mono.defer(() -> write(exchange.getResponse(), refusal(exchange, error), RequestId.of(exchange)));
    }

    /** What the exception means for who sent the request; what is our fault is logged, once, here. */
    public static RequestException refusal(ServerWebExchange exchange, Throwable error) {
        RequestException refusal = Translation.of(error, exchange.getRequest());
        if (refusal.status() == HttpStatus.INTERNAL_SERVER_ERROR) {
            LOG.error(
                    "Request {} failed: {} {}",
                    RequestId.of(exchange),
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    error);
        }
        return refusal;
    }

    /** Whether the sender was gone before its request was whole: nobody is answered, and it is no fault of ours. */
    public static boolean isHangUp(Throwable error) {
        return error instanceof AbortedException || AbortedException.isConnectionReset(error);
    }

    /** The status that a handler's error is answered with. */
    public static HttpStatus status(Throwable error) {
        return Translation.status(error);
    }

    private static Mono<Void> write(ServerHttpResponse response, RequestException refusal, String requestId) {
        response.setStatusCode(refusal.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        refusal.addTo(response.getHeaders());
        byte[] body = JSON.writeValueAsBytes(body(refusal, requestId));
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** An answer's body where there is no request to speak of. */
    public static byte[] body(String message) {
        return JSON.writeValueAsBytes(
                JSON.createObjectNode().put("requestId", RequestId.next()).put("message", message));
    }

    private static ObjectNode body(RequestException refusal, String requestId) {
        ObjectNode body = JSON.createObjectNode().put("requestId", requestId).put("message", refusal.getMessage());
        String providerMessage = refusal.providerMessage();
        return providerMessage == null ? body : body.put("providerMessage", providerMessage);
    }
}
