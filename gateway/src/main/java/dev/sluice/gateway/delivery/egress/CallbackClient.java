package dev.sluice.gateway.delivery.egress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.resources.ConnectionProvider;

/** Posts to callbacks, over connections that are kept for the next. One for the whole process. */
public final class CallbackClient implements AutoCloseable {
    /** Up to here a message is written in one go; a larger one never has more than a piece in native memory. */
    private static final int PIECE_BYTES = 64 * 1_024;

    /** Below what servers and load balancers usually keep an idle connection for, so that we close first. */
    private static final Duration IDLE_MAX = Duration.ofSeconds(20);

    private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(5);
    private static final Duration POOL_INACTIVE_MAX = Duration.ofMinutes(1);
    private static final String GUARD = "sluice.address-guard";

    /** What is read at a time: an answer of any length takes no more memory than this. */
    private static final int READ_BYTES_MAX = 16 * 1_024;

    private static final int READ_BYTES_FIRST = 1_024;

    private final ConnectionProvider connections;
    private final HttpClient http;
    private final Duration timeout;

    /** @param guard decides which addresses may be connected to */
    public CallbackClient(EgressLimits limits, AddressGuard guard) {
        this(limits, guard, UnaryOperator.identity());
    }

    /** @param observed what a test adds, to see what goes on, or to play the network */
    CallbackClient(EgressLimits limits, AddressGuard guard, UnaryOperator<HttpClient> observed) {
        this.timeout = limits.timeout();
        this.connections = ConnectionProvider.builder("sluice-callbacks")
                .maxConnections(limits.connectionsMax())
                // Lanes bound how many wait, and the timeout how long.
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(limits.timeout().multipliedBy(2))
                .maxIdleTime(IDLE_MAX)
                .evictInBackground(EVICTION_INTERVAL)
                .disposeInactivePoolsInBackground(POOL_INACTIVE_MAX, POOL_INACTIVE_MAX)
                .lifo()
                .build();
        // No proxy is looked for in the environment, and nothing is inflated: both have to be asked for.
        HttpClient plain = HttpClient.create(connections)
                .followRedirect(false)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, READ_BYTES_FIRST, READ_BYTES_MAX))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connectTimeout().toMillis())
                .doOnChannelInit((observer, channel, remote) -> channel.pipeline()
                        .addFirst(GUARD, guard)
                        .replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new AnswerCodec()));
        this.http = observed.apply(plain);
    }

    /**
     * Posts a message once. Cancelling closes the connection it is on.
     *
     * @param callback absolute, http or https
     * @param request made when there is a connection to send it on, on the thread that sends it
     * @return the answer; an error when no status came within the timeout, see {@link FailureCause}
     */
    public Mono<Answer> post(URI callback, Supplier<SignedRequest> request) {
        return Mono.defer(() -> {
            Exchange exchange = new Exchange();
            return http.post()
                    .uri(callback)
                    .send((head, outbound) -> send(exchange.begin(request), head, outbound))
                    .responseConnection(exchange::read)
                    .next()
                    .timeout(timeout, Mono.defer(exchange::cut));
        });
    }

    private static NettyOutbound send(SignedRequest request, HttpClientRequest head, NettyOutbound outbound) {
        head.headers(request.headers());
        Payload payload = request.payload();
        if (payload.length() <= PIECE_BYTES) {
            return outbound.send(Mono.fromSupplier(() -> piece(payload, 0, outbound)));
        }
        head.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(payload.length()));
        return outbound.send(pieces(payload, outbound));
    }

    private static Flux<ByteBuf> pieces(Payload payload, NettyOutbound outbound) {
        int count = (payload.length() + PIECE_BYTES - 1) / PIECE_BYTES;
        return Flux.range(0, count)
                .map(index -> piece(payload, index * PIECE_BYTES, outbound))
                .doOnDiscard(ByteBuf.class, ByteBuf::release);
    }

    private static ByteBuf piece(Payload payload, int from, NettyOutbound outbound) {
        int bytes = Math.min(PIECE_BYTES, payload.length() - from);
        ByteBuf piece = outbound.alloc().ioBuffer(bytes, bytes);
        payload.writeTo(piece, from, bytes);
        return piece;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        connections.dispose();
    }
}
