package dev.sluice.gateway.delivery.egress;

import dev.sluice.persistence.eventlog.Body;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/** One call's answer as it comes in. The status decides; of the body little is read, and less is kept. */
final class Exchange {
    private static final int READ_BYTES_MAX = 16 * 1_024;
    private static final int KEPT_BYTES_MAX = 1_024;
    private static final Body NOTHING = new Body(new byte[0]);

    private volatile boolean begun;
    private volatile @Nullable HttpClientResponse response;
    private byte[] kept = NOTHING.bytes();
    private int readBytes;

    /** There is a connection: makes what is sent on it. */
    SignedRequest begin(Supplier<SignedRequest> request) {
        begun = true;
        return request.get();
    }

    /** Reads the body to its end or to its limit; whatever becomes of it, there is an answer. */
    Mono<Answer> read(HttpClientResponse head, Connection connection) {
        response = head;
        return connection
                .inbound()
                .receive()
                // Ends the reading of a longer body, which closes the connection.
                .takeUntil(this::append)
                .then(Mono.fromSupplier(() -> answer(head)))
                .onErrorResume(broken -> Mono.fromSupplier(() -> answer(head)));
    }

    private synchronized boolean append(ByteBuf chunk) {
        int room = Math.min(KEPT_BYTES_MAX - kept.length, chunk.readableBytes());
        if (room > 0) {
            int before = kept.length;
            kept = Arrays.copyOf(kept, before + room);
            chunk.getBytes(chunk.readerIndex(), kept, before, room);
        }
        readBytes += chunk.readableBytes();
        return readBytes > READ_BYTES_MAX;
    }

    /** Time is over: with a status that is an answer, without one it is none. */
    Mono<Answer> cut() {
        HttpClientResponse head = response;
        if (head != null) {
            return Mono.just(answer(head));
        }
        return Mono.error(begun ? new TimeoutException("No status line came in time") : new NoConnectionException());
    }

    private synchronized Answer answer(HttpClientResponse head) {
        int status = head.status().code();
        return new Answer(
                status,
                head.responseHeaders().get(HttpHeaderNames.RETRY_AFTER),
                head.responseHeaders().get(HttpHeaderNames.DATE),
                kept.length == 0 ? NOTHING : new Body(kept));
    }
}
