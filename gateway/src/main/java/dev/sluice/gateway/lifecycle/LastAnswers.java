package dev.sluice.gateway.lifecycle;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

/**
 * Once a stop has begun, each answer is the last one of its connection. Who has more to send opens another, which goes to
 * another node; so no connection is left on which a request could cross the server's end.
 */
final class LastAnswers implements HttpHandlerDecoratorFactory {
    private static final String CLOSE = "close";

    private final Shutdown shutdown;

    LastAnswers(Shutdown shutdown) {
        this.shutdown = shutdown;
    }

    @Override
    public HttpHandler apply(HttpHandler answering) {
        return (request, response) -> {
            if (shutdown.hasBegun()) {
                response.getHeaders().set(HttpHeaders.CONNECTION, CLOSE);
            }
            return answering.handle(request, response);
        };
    }
}
