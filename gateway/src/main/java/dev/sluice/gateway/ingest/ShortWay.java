package dev.sluice.gateway.ingest;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

/**
 * Webhooks go straight from the server to their routes. What the API's requests pass through (authentication, request names,
 * observations) is not for them, and would cost more than taking them.
 */
final class ShortWay implements HttpHandlerDecoratorFactory {
    private final HttpHandler webhooks;

    ShortWay(HttpHandler webhooks) {
        this.webhooks = webhooks;
    }

    @Override
    public HttpHandler apply(HttpHandler api) {
        return (request, response) -> request.getPath().value().startsWith(IngestRoutes.PREFIX)
                ? webhooks.handle(request, response)
                : api.handle(request, response);
    }
}
