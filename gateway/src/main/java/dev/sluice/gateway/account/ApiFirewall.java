package dev.sluice.gateway.account;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Refuses API requests with suspicious paths or headers. Webhooks pass unseen: providers send what they like. */
final class ApiFirewall implements ServerWebExchangeFirewall {
    static final String WEBHOOKS = "/elements/api-v2/events/";

    private final ServerWebExchangeFirewall strict = new StrictServerWebExchangeFirewall();

    @Override
    public Mono<ServerWebExchange> getFirewalledExchange(ServerWebExchange exchange) {
        return isWebhook(exchange.getRequest()) ? Mono.just(exchange) : strict.getFirewalledExchange(exchange);
    }

    private static boolean isWebhook(ServerHttpRequest request) {
        return request.getPath().value().startsWith(WEBHOOKS);
    }
}
