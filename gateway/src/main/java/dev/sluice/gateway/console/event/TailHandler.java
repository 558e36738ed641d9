package dev.sluice.gateway.console.event;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends live lists to browsers. */
final class TailHandler {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    /** More often than anything on the way gives a silent connection up; and so a browser that is gone is noticed. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final Viewers viewers;

    TailHandler(Viewers viewers) {
        this.viewers = viewers;
    }

    /** {@code GET /console/events/tail}, with the filters of the list: its rows, as often as they change. */
    Mono<ServerResponse> follow(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> ServerResponse.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .cacheControl(CacheControl.noStore())
                        .header("X-Accel-Buffering", "no")
                        .header("X-Content-Type-Options", "nosniff")
                        .body(BodyInserters.fromServerSentEvents(events(rows(request, visitor)))));
    }

    private Flux<String> rows(ServerRequest request, Visitor visitor) {
        String prefix = Pages.prefix(request.exchange());
        return EventFilters.of(request, visitor)
                .map(filter -> viewers.watch(new LiveList(filter, prefix)))
                .orElseGet(Flux::never);
    }

    private Flux<ServerSentEvent<String>> events(Flux<String> rows) {
        Flux<ServerSentEvent<String>> signs = Flux.interval(Duration.ZERO, SIGN_OF_LIFE)
                .onBackpressureDrop()
                .map(tick -> ServerSentEvent.<String>builder()
                        .retry(COME_AGAIN)
                        .comment("")
                        .build());
        return rows.map(html -> ServerSentEvent.<String>builder()
                        .event("rows")
                        .data(html)
                        .build())
                .mergeWith(signs)
                .takeUntilOther(viewers.ended());
    }
}
