package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.RequestException;
import dev.sluice.gateway.error.TooSlowException;
import dev.sluice.normalizers.Webhook;
import dev.sluice.persistence.epoch.DatabaseClock;
import io.netty.channel.ChannelException;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Receives requests to their end, within size, memory and time. */
final class Arrivals {
    private final long bodyBytesMax;
    private final Duration bodyTimeout;
    private final DatabaseClock clock;

    Arrivals(IngestSettings settings, DatabaseClock clock) {
        this.bodyBytesMax = settings.maxBody().toBytes();
        this.bodyTimeout = settings.bodyTimeout();
        this.clock = clock;
    }

    /**
     * Receives the whole request.
     *
     * @param reservation holds its memory; grown as the body grows
     * @return errors {@link RequestException} 408, 413, 503
     */
    Mono<Received> receive(ServerHttpRequest request, ByteBudget.Reservation reservation) {
        return request.getBody()
                .collect(
                        () -> new BodyBytes(request.getHeaders().getContentLength(), bodyBytesMax, reservation),
                        BodyBytes::add)
                .map(body -> received(request, body.toArray()))
                // The server gives up on a request that is not whole in time: see IngestConfiguration.
                .onErrorMap(ChannelException.class, late -> new TooSlowException(bodyTimeout));
    }

    private Received received(ServerHttpRequest request, byte[] body) {
        HttpHeaders headers = request.getHeaders();
        Webhook webhook = new Webhook(
                request.getMethod().name(), headers::getOrEmpty, Map.copyOf(request.getQueryParams()), body);
        String query = request.getURI().getRawQuery();
        return new Received(webhook, query == null ? "" : query, KeptHeaders.of(request), clock.now());
    }
}
