package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** A callback on loopback that remembers what it got. */
public final class Receiver implements AutoCloseable {
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger atOnceMost = new AtomicInteger();
    private final DisposableServer server;
    private volatile BiFunction<Received, HttpServerResponse, Publisher<Void>> answer =
            (request, response) -> response.send();

    /** One request. */
    public record Received(HttpHeaders headers, String body) {
        public String header(String name) {
            return Objects.requireNonNullElse(headers.get(name), "");
        }
    }

    /** Starts it. */
    public Receiver() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    atOnceMost.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    return request.receive()
                            .aggregate()
                            .asString(StandardCharsets.UTF_8)
                            .defaultIfEmpty("")
                            .map(body -> new Received(request.requestHeaders().copy(), body))
                            .doOnNext(received::add)
                            .flatMap(whole -> Mono.from(answer.apply(whole, response)))
                            .doFinally(signal -> atOnce.decrementAndGet());
                })
                .bindNow();
    }

    void answers(int status) {
        answers(status, Map.of());
    }

    void answers(int status, Map<String, String> headers) {
        answer = (request, response) -> {
            headers.forEach(response::header);
            return response.status(status)
                    .sendString(Mono.just("answer " + status))
                    .then();
        };
    }

    void answers(Function<HttpServerResponse, Publisher<Void>> how) {
        answer = (request, response) -> how.apply(response);
    }

    /** Answers each request in a way of its own. */
    public void answersEach(BiFunction<Received, HttpServerResponse, Publisher<Void>> how) {
        answer = how;
    }

    /** All that came. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Waits until so many have come. */
    List<Received> awaitRequests(int least) {
        await().atMost(GUARD).until(() -> received.size() >= least);
        return received();
    }

    /** The {@code webhook-id}s that have come. */
    Set<String> ids() {
        return received.stream().map(request -> request.header("webhook-id")).collect(Collectors.toSet());
    }

    /** Begins to count anew how many requests are open at the same time. */
    void forgetAtOnce() {
        atOnceMost.set(0);
    }

    /** The most requests that were open at the same time. */
    int atOnceMost() {
        return atOnceMost.get();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.port() + "/callback";
    }

    @Override
    public void close() {
        server.dispose();
    }
}
