package dev.sluice.gateway.error;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives each API request its name before anything can go wrong. Webhooks get one only when something does. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIds implements WebFilter {
    private static final String API = "/elements/api-v2/";
    private static final String WEBHOOKS = "/elements/api-v2/events";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        if (path.startsWith(API) && !path.startsWith(WEBHOOKS)) {
            RequestId.of(exchange);
        }
        return chain.filter(exchange);
    }
}
