package dev.sluice.gateway.request;

import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** The API answers in JSON. Whoever takes none learns it before anything is done, as in the original. */
final class AcceptedAnswers implements WebFilter {
    private static final String API = "/elements/api-v2/";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        return request.getPath().value().startsWith(API) && !takesJson(request)
                ? Mono.error(() -> new NotAcceptableStatusException(List.of(MediaType.APPLICATION_JSON)))
                : chain.filter(exchange);
    }

    private static boolean takesJson(ServerHttpRequest request) {
        try {
            List<MediaType> accepted = request.getHeaders().getAccept();
            return accepted.isEmpty()
                    || accepted.stream()
                            .anyMatch(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON)
                                    || type.getSubtype().endsWith("+json"));
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }
}
