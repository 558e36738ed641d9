package dev.sluice.gateway.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Takes notifications, says in the terminal what came, and shows the last ones. */
final class DemoHandler {
    private static final int KEPT_MAX = 20;

    private final Clock clock;
    private final PrintStream terminal;
    private final Deque<DemoNotification> last = new ArrayDeque<>(KEPT_MAX);

    DemoHandler(Clock clock, PrintStream terminal) {
        this.clock = clock;
        this.terminal = terminal;
    }

    Mono<ServerResponse> receive(ServerRequest request) {
        return request.bodyToFlux(DataBuffer.class)
                .collect(() -> new DemoIntake(request.headers().asHttpHeaders()), DemoHandler::add)
                .map(intake -> intake.finish(clock.instant()))
                .doOnNext(this::show)
                .then(ServerResponse.ok().build());
    }

    Mono<ServerResponse> list(ServerRequest request) {
        return Mono.fromSupplier(this::newestFirst)
                .flatMap(notifications -> ServerResponse.ok().bodyValue(notifications));
    }

    private static void add(DemoIntake intake, DataBuffer buffer) {
        byte[] piece = new byte[buffer.readableByteCount()];
        buffer.read(piece);
        DataBufferUtils.release(buffer);
        intake.add(piece);
    }

    private void show(DemoNotification notification) {
        synchronized (last) {
            if (last.size() == KEPT_MAX) {
                last.removeLast();
            }
            last.addFirst(notification);
        }
        terminal.println(notification.line());
    }

    private List<DemoNotification> newestFirst() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }
}
