package dev.sluice.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.delivery.egress.AddressGuard;
import dev.sluice.gateway.provider.ProviderSettings.Addresses;
import dev.sluice.gateway.provider.ProviderSettings.OAuth;
import dev.sluice.normalizers.api.ProviderRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

final class ProviderClientIT {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration GUARD = Duration.ofSeconds(20);

    private final AtomicInteger asked = new AtomicInteger();
    private DisposableServer server = serve((request, response) -> response.send());

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void sendsTheRequestAndReadsTheAnswerWhateverItsStatus() {
        serve((request, response) -> request.receive()
                .aggregate()
                .asString()
                .flatMap(body -> response.status(418)
                        .sendString(Mono.just(request.method()
                                + body
                                + request.requestHeaders().get("X-Y")))
                        .then()));

        StepVerifier.create(client().call(request("/").header("X-Y", "z").json("{}"), GUARD))
                .assertNext(answer -> {
                    assertThat(answer.status()).isEqualTo(418);
                    assertThat(answer.body()).isEqualTo("POST{}z");
                })
                .expectComplete()
                .verify(GUARD);
    }

    @Test
    void givesUpOnAProviderThatHangs() {
        serve((request, response) -> Mono.never());
        expectUnreachable("no complete answer in time");
    }

    @Test
    void givesUpOnAnAnswerThatDrips() {
        serve((request, response) ->
                response.sendString(Flux.interval(Duration.ofMillis(100)).map(tick -> "x"), StandardCharsets.UTF_8));
        expectUnreachable("no complete answer in time");
    }

    @Test
    void readsNoMoreOfAnAnswerThanItsCap() {
        serve((request, response) -> response.sendString(Flux.range(0, 10_000).map(i -> "x".repeat(1_000))));
        expectUnreachable("its answer is too large (expected: at most 262144 bytes)");
    }

    @Test
    void followsNoRedirectAndSendsNothingTwice() {
        serve((request, response) -> response.status(302)
                .header("Location", "http://127.0.0.1:" + server.port() + "/elsewhere")
                .send());

        StepVerifier.create(client().call(request("/"), GUARD))
                .assertNext(answer -> assertThat(answer.status()).isEqualTo(302))
                .expectComplete()
                .verify(GUARD);
        assertThat(asked).hasValue(1);
    }

    @Test
    void sendsNothingTwiceWhenTheConnectionBreaks() {
        serve((request, response) -> {
            response.withConnection(DisposableChannel::dispose);
            return Mono.never();
        });

        expectUnreachable("cannot be reached");
        assertThat(asked).hasValue(1);
    }

    @Test
    void reachesNoPrivateAddressThatTheOperatorHasNotNamed() {
        ProviderClient elsewhere = client(new ProviderSettings(Map.of()));

        StepVerifier.create(elsewhere.call(request("/"), GUARD))
                .expectErrorMessage("cannot be reached")
                .verify(GUARD);
        assertThat(asked).hasValue(0);
    }

    private void expectUnreachable(String reason) {
        StepVerifier.create(client().call(request("/").form(Map.of("code", "planted")), LIMIT))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ProviderUnreachableException.class)
                        .hasMessage(reason))
                .verify(GUARD);
    }

    private DisposableServer serve(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    asked.incrementAndGet();
                    return answer.apply(request, response);
                })
                .bindNow();
        return server;
    }

    private ProviderRequest request(String path) {
        return ProviderRequest.of("POST", "http://127.0.0.1:" + server.port() + path);
    }

    private ProviderClient client() {
        Addresses here = new Addresses(new OAuth(null, null, null, null), "http://127.0.0.1:" + server.port());
        return client(new ProviderSettings(Map.of("github", here)));
    }

    private static ProviderClient client(ProviderSettings settings) {
        return new ProviderClient(new NamedOrigins(settings), new AddressGuard(List.of()));
    }
}
