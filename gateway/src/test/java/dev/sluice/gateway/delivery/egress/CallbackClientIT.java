package dev.sluice.gateway.delivery.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.TcpServer;
import reactor.test.StepVerifier;

class CallbackClientIT {
    private static final Duration TIMEOUT = Duration.ofMillis(800);
    private static final Duration GUARD = Duration.ofSeconds(10);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final CallbackClient client = client(List.of("127.0.0.0/8"));
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private @Nullable DisposableServer server;

    @BeforeAll
    static void warmUp() {
        // The first call in a process loads many classes, which may take longer than the timeout.
        CallbackClient first = client(List.of());
        first.post(URI.create("http://127.0.0.1:1/"), () -> request(""))
                .onErrorComplete()
                .block(GUARD);
        first.close();
    }

    @AfterEach
    void stop() {
        client.close();
        if (server != null) {
            server.disposeNow();
        }
    }

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

        for (int i = 0; i < 20; i++) {
            StepVerifier.create(post("abc"))
                    .assertNext(answer -> {
                        assertThat(answer.status()).isEqualTo(202);
                        assertThat(new String(answer.start().bytes(), UTF_8)).isEqualTo("abc13");
                    })
                    .expectComplete()
                    .verify(GUARD);
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
    void timesOutWhenTheStatusLineDoesNotComeAndClosesTheConnection() {
        serveTcp(request -> Flux.never());

        expectFailure(FailureCause.TIMED_OUT);

        awaitNoConnection();
    }

    @Test
    void timesOutWhenTheStatusLineDripsIn() {
        serveTcp(request -> drip(OK));

        expectFailure(FailureCause.TIMED_OUT);

        awaitNoConnection();
    }

    @Test
    void countsAStatusThatCameInTimeWhateverTheBodyDoes() {
        serveTcp(request ->
                Flux.concat(Mono.just("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"), drip("x".repeat(50))));

        expectStatus(200);

        awaitNoConnection();
    }

    @Test
    void cutsAnEndlessBody() {
        serveTcp(request -> Flux.concat(
                Mono.just("HTTP/1.1 500 Broken\r\nTransfer-Encoding: chunked\r\n\r\n"),
                Flux.just("400\r\n" + "x".repeat(1024) + "\r\n").repeat()));

        StepVerifier.create(post("{}"))
                .assertNext(answer -> {
                    assertThat(answer.status()).isEqualTo(500);
                    assertThat(answer.start().bytes()).hasSize(1_024).containsOnly('x');
                })
                .expectComplete()
                .verify(GUARD);

        awaitNoConnection();
    }

    @Test
    void countsAStatusWhoseBodyIsTruncated() {
        serveTcp(request -> Flux.just("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nxyz"), true);

        expectStatus(200);
    }

    @Test
    void failsWhenTheConnectionEndsBeforeAStatus() {
        serveTcp(request -> Flux.empty(), true);

        expectFailure(FailureCause.DISCONNECTED);
    }

    @Test
    void failsWhenTheConnectionIsReset() {
        server = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((in, out) -> in.receive()
                        .take(1)
                        .doOnNext(bytes -> in.withConnection(connection -> {
                            connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                            connection.dispose();
                        }))
                        .then())
                .bindNow();

        expectFailure(FailureCause.DISCONNECTED);
    }

    @Test
    void failsWhenTheAnswerIsNoHttp() {
        serveTcp(request -> Flux.just("SSH-2.0-OpenSSH_9.2\r\n\r\n"), true);

        expectFailure(FailureCause.BROKEN);
    }

    @Test
    void failsWhenNobodyListens() {
        serveTcp(request -> Flux.never());
        server().disposeNow();

        expectFailure(FailureCause.UNREACHABLE);
    }

    @Test
    void followsNoRedirect() {
        serveHttp(server -> server.route(routes -> routes.post("/", (in, out) -> out.sendRedirect("/elsewhere"))
                .get("/elsewhere", (in, out) -> out.status(200).send())
                .post("/elsewhere", (in, out) -> out.status(200).send())));

        expectStatus(302);
    }

    @Test
    void refusesAnAddressThatIsNotAllowed() {
        serveHttp(server -> server.handle((request, response) -> response.send()));

        CallbackClient strict = client(List.of());
        try {
            StepVerifier.create(strict.post(uri("127.0.0.1"), () -> request("{}")))
                    .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.FORBIDDEN)
                    .verify(GUARD);
            StepVerifier.create(strict.post(uri("localhost"), () -> request("{}")))
                    .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.FORBIDDEN)
                    .verify(GUARD);
        } finally {
            strict.close();
        }
        assertThat(opened).hasValue(0);
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
        StepVerifier.create(Flux.range(0, 20).flatMap(i -> post("{}"), 20))
                .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.TIMED_OUT)
                .verify(GUARD);
    }

    @Test
    void saysSoWhenNoConnectionBecameFree() {
        // Nobody ever asked this exchange for its request, as when the pool was empty until the end.
        StepVerifier.create(new Exchange().cut())
                .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.NO_CONNECTION)
                .verify(GUARD);
    }

    private void expectStatus(int status) {
        StepVerifier.create(post("{}").map(Answer::status))
                .expectNext(status)
                .expectComplete()
                .verify(GUARD);
    }

    private void expectFailure(FailureCause cause) {
        StepVerifier.create(post("{}"))
                .expectErrorSatisfies(error ->
                        assertThat(FailureCause.of(error)).as("%s", error).isEqualTo(cause))
                .verify(GUARD);
    }

    private void awaitNoConnection() {
        await().atMost(GUARD).until(() -> open.get() == 0);
    }

    private static CallbackClient client(List<String> allowed) {
        return new CallbackClient(new EgressLimits(TIMEOUT, Duration.ofMillis(300), 20), new AddressGuard(allowed));
    }

    private Mono<Answer> post(String body) {
        return client.post(uri("127.0.0.1"), () -> request(body));
    }

    private DisposableServer server() {
        return Objects.requireNonNull(server, "the receiver");
    }

    private URI uri(String host) {
        return URI.create("http://" + host + ":" + server().port() + "/");
    }

    private static SignedRequest request(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return new SignedRequest(new DefaultHttpHeaders().set("X-One", "1"), new Payload(new byte[0], 0, bytes));
    }

    private static Flux<String> drip(String text) {
        return Flux.fromStream(() -> text.chars().mapToObj(each -> String.valueOf((char) each)))
                .delayElements(Duration.ofMillis(100));
    }

    private void serveHttp(Function<HttpServer, HttpServer> configure) {
        server = configure
                .apply(HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .doOnConnection(connection -> opened.incrementAndGet()))
                .bindNow();
    }

    private void serveTcp(Function<byte[], Flux<String>> answer) {
        serveTcp(answer, false);
    }

    private void serveTcp(Function<byte[], Flux<String>> answer, boolean thenClose) {
        server = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnConnection(connection -> {
                    open.incrementAndGet();
                    connection.onDispose(open::decrementAndGet);
                })
                .handle((in, out) -> in.receive()
                        .asByteArray()
                        .take(thenClose ? 1 : Long.MAX_VALUE)
                        .concatMap(request -> sendEach(out, answer.apply(request))))
                .bindNow();
    }

    private static Publisher<Void> sendEach(NettyOutbound out, Flux<String> texts) {
        return out.send(texts.map(text -> Unpooled.wrappedBuffer(text.getBytes(UTF_8))), bytes -> true);
    }
}
