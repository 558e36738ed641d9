package dev.sluice.gateway.delivery.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Calls to callbacks that do what they should. */
class CallbackClientIT extends CallbackRig {
    private static final int MANY = 2_000;
    private static final int AT_ONCE = 8;

    @Test
    void postsHeadersAndBodyAndReusesTheConnection() {
        Set<Object> connections = ConcurrentHashMap.newKeySet();
        serveHttp(server -> server.handle((request, response) -> request.receive()
                .aggregate()
                .asString()
                .doOnNext(body -> connections.add(request.remoteAddress()))
                .flatMap(body -> response.status(202)
                        .sendString(Mono.just(body
                                + request.requestHeaders().get("X-One")
                                + request.requestHeaders().get("Content-Length")))
                        .then())));

        for (int i = 1; i <= 20; i++) {
            int calls = i;
            StepVerifier.create(post("abc"))
                    .assertNext(answer -> {
                        assertThat(answer.status()).isEqualTo(202);
                        assertThat(new String(answer.start().bytes(), UTF_8)).isEqualTo("abc13");
                    })
                    .expectComplete()
                    .verify(GUARD);
            await().atMost(GUARD).until(() -> released.get() == calls);
        }

        assertThat(connections).hasSize(1);
    }

    @Test
    void sendsALargeBodyWholeAndInPieces() {
        String body = "0123456789".repeat(300_000);
        serveHttp(server -> server.handle((request, response) -> request.receive()
                .aggregate()
                .asString()
                .flatMap(received ->
                        response.status(received.equals(body) ? 200 : 500).send())));

        StepVerifier.create(post(body).map(Answer::status))
                .expectNext(200)
                .expectComplete()
                .verify(GUARD);
    }

    @Test
    void givesRetryAfterAndDateToTheCaller() {
        serveTcp(request -> Flux.just("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nDate: x\r\nContent-Length: 0\r\n\r\n"));

        StepVerifier.create(post("{}"))
                .assertNext(answer -> {
                    assertThat(answer.retryAfter()).isEqualTo("7");
                    assertThat(answer.date()).isEqualTo("x");
                })
                .expectComplete()
                .verify(GUARD);
    }

    @Test
    void leavesNoConnectionBehindWhenItIsCancelled() {
        serveTcp(request -> Flux.never());

        Disposable.Composite calls = Disposables.composite();
        for (int i = 0; i < 20; i++) {
            calls.add(post("{}").subscribe());
        }
        await().atMost(GUARD).until(() -> open.get() == 20);
        calls.dispose();

        awaitNoConnection();
        // All twenty places in the pool are free again.
        StepVerifier.create(Flux.range(0, 20)
                        .flatMap(
                                i -> post("{}")
                                        .map(answered -> "answered")
                                        .onErrorResume(error ->
                                                Mono.just(FailureCause.of(error).name())),
                                20)
                        .distinct())
                .expectNext(FailureCause.TIMED_OUT.name())
                .expectComplete()
                .verify(GUARD);
    }

    @Test
    void saysSoWhenNoConnectionBecameFree() {
        // Nobody ever asked this exchange for its request, as when the pool was empty until the end.
        StepVerifier.create(new Exchange().cut())
                .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.NO_CONNECTION)
                .verify(GUARD);
    }

    @Test
    void reusesMoreThan99OfAHundredConnectionsToAHealthyEndpoint() {
        Set<Object> connections = ConcurrentHashMap.newKeySet();
        serveHttp(server -> server.handle((request, response) -> request.receive()
                .doFirst(() -> connections.add(request.remoteAddress()))
                .then(response.status(200)
                        .sendString(Mono.just("x".repeat(8_000)))
                        .then())));

        CallbackClient patient = patient(List.of("127.0.0.0/8"), http -> http);
        try {
            StepVerifier.create(Flux.range(0, MANY)
                            .flatMap(i -> patient.post(uri("127.0.0.1"), () -> request("{}")), AT_ONCE)
                            .filter(Answer::isSuccess)
                            .count())
                    .expectNext((long) MANY)
                    .expectComplete()
                    .verify(GUARD.multipliedBy(3));
        } finally {
            patient.close();
        }

        assertThat(connections).hasSizeBetween(1, MANY / 100 - 1);
    }
}
