package dev.sluice.gateway.delivery.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * Calls as many endpoints as each line asks for, at a port, and answers how many took it, how many connections are open then,
 * and how many bytes there are for each of those.
 */
final class DistinctEndpointsMain {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 64;

    private DistinctEndpointsMain() {}

    public static void main(String[] arguments) throws IOException {
        AtomicInteger open = new AtomicInteger();
        CallbackClient client = new CallbackClient(
                new EgressLimits(PATIENCE, PATIENCE, 256),
                new AddressGuard(List.of("127.0.0.0/8")),
                http -> http.doOnConnected(connection -> {
                    open.incrementAndGet();
                    connection.channel().closeFuture().addListener(closed -> open.decrementAndGet());
                }));
        Lanes lanes =
                new Lanes(new LaneLimits(64, 4_096, 4L * 1_024 * 1_024, Duration.ofSeconds(15), Duration.ofHours(1)));
        int port = Integer.parseInt(arguments[0]);
        call(client, lanes, port, 0);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int count = Integer.parseInt(line);
            long before = used();
            Long taken = Flux.range(1, count)
                    .flatMap(
                            endpoint -> lanes.of(endpoint)
                                    .guard(client.post(uri(port, endpoint), DistinctEndpointsMain::request)),
                            AT_ONCE)
                    .filter(Answer::isSuccess)
                    .count()
                    .block(PATIENCE);
            int connections = open.get();
            long bytes = Math.max(0, used() - before) / Math.max(1, connections);
            System.out.println(taken + " taken, " + connections + " open, " + bytes + " bytes each");
        }
    }

    private static void call(CallbackClient client, Lanes lanes, int port, int endpoint) {
        lanes.of(endpoint)
                .guard(client.post(uri(port, endpoint), DistinctEndpointsMain::request))
                .block(PATIENCE);
    }

    private static URI uri(int port, int endpoint) {
        return URI.create("http://127.1.%d.%d:%d/".formatted(endpoint / 250, 1 + endpoint % 250, port));
    }

    private static SignedRequest request() {
        return new SignedRequest(new DefaultHttpHeaders(), new Payload(new byte[0], 0, "{}".getBytes(UTF_8)));
    }

    /** Heap that is reachable, and native memory for buffers. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory() + buffers();
    }

    private static long buffers() {
        return Stream.of(ByteBufAllocator.DEFAULT, PooledByteBufAllocator.DEFAULT)
                .distinct()
                .filter(ByteBufAllocatorMetricProvider.class::isInstance)
                .mapToLong(allocator ->
                        ((ByteBufAllocatorMetricProvider) allocator).metric().usedDirectMemory())
                .sum();
    }
}
