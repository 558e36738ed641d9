package dev.sluice.gateway.delivery.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.delivery.explanation.FailureWords;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ConnectionObserver;
import reactor.netty.DisposableServer;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.TcpServer;
import reactor.test.StepVerifier;

/** A client of callbacks, and one receiver that does whatever a test wants it to. */
abstract class CallbackRig {
    static final Duration TIMEOUT = Duration.ofMillis(800);
    static final Duration GUARD = Duration.ofSeconds(10);
    private static final EgressLimits LIMITS = new EgressLimits(TIMEOUT, Duration.ofMillis(300), 20);
    private static final FailureWords WORDS = new FailureWords(LIMITS);
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    final ReadSizes reads = new ReadSizes();
    final CallbackClient client = client(List.of("127.0.0.0/8"), this::watched);
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    /** How often a connection went back to the pool, which is a moment after its answer was there. */
    final AtomicInteger released = new AtomicInteger();

    @Nullable DisposableServer server;

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

    void expectStatus(int status) {
        StepVerifier.create(post("{}").map(Answer::status))
                .expectNext(status)
                .expectComplete()
                .verify(GUARD);
    }

    /** @param words of what is said about it after the URL's scheme, host and port */
    void expectFailure(FailureCause cause, String words) {
        URI callback = uri("127.0.0.1");
        StepVerifier.create(client.post(callback, () -> request("{}")))
                .expectErrorSatisfies(error -> expect(cause, words, callback, error))
                .verify(GUARD);
    }

    static void expect(FailureCause cause, String words, URI callback, Throwable error) {
        assertThat(FailureCause.of(error)).as("%s", error).isEqualTo(cause);
        assertThat(WORDS.of(callback, error))
                .contains(callback.getHost(), words)
                .doesNotContain("localhost/", ": /127.0.0.1");
    }

    void awaitNoConnection() {
        await().atMost(GUARD).until(() -> open.get() == 0);
    }

    static CallbackClient client(List<String> allowed) {
        return client(allowed, http -> http);
    }

    static CallbackClient client(List<String> allowed, UnaryOperator<HttpClient> observed) {
        return new CallbackClient(LIMITS, new AddressGuard(allowed), observed);
    }

    /** One that gives slow machines their time, for calls that are to succeed. */
    static CallbackClient patient(List<String> allowed, UnaryOperator<HttpClient> observed) {
        return new CallbackClient(new EgressLimits(GUARD, GUARD, 20), new AddressGuard(allowed), observed);
    }

    private HttpClient watched(HttpClient http) {
        return http.doOnChannelInit(
                        (observer, channel, remote) -> channel.pipeline().addFirst(reads))
                .observe((connection, state) -> {
                    if (state == ConnectionObserver.State.RELEASED) {
                        released.incrementAndGet();
                    }
                });
    }

    Mono<Answer> post(String body) {
        return client.post(uri("127.0.0.1"), () -> request(body));
    }

    DisposableServer server() {
        return Objects.requireNonNull(server, "the receiver");
    }

    URI uri(String host) {
        return URI.create("http://" + host + ":" + server().port() + "/");
    }

    static SignedRequest request(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return new SignedRequest(new DefaultHttpHeaders().set("X-One", "1"), new Payload(new byte[0], 0, bytes));
    }

    /** A byte every tenth of a second: slower than any timeout that is left for it. */
    static Flux<String> drip(String text) {
        return Flux.fromStream(() -> text.chars().mapToObj(each -> String.valueOf((char) each)))
                .delayElements(Duration.ofMillis(100));
    }

    void serveHttp(Function<HttpServer, HttpServer> configure) {
        server = configure
                .apply(HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .doOnConnection(connection -> opened.incrementAndGet()))
                .bindNow();
    }

    void serveTcp(Function<byte[], Flux<String>> answer) {
        serveTcp(answer, false);
    }

    void serveTcp(Function<byte[], Flux<String>> answer, boolean thenClose) {
        server = TcpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnConnection(connection -> {
                    opened.incrementAndGet();
                    open.incrementAndGet();
                    connection.onDispose(open::decrementAndGet);
                })
                .handle((in, out) -> in.receive()
                        .asByteArray()
                        .take(thenClose ? 1 : Long.MAX_VALUE)
                        .concatMap(request -> sendEach(out, answer.apply(request))))
                .bindNow();
    }

    static Publisher<Void> sendEach(NettyOutbound out, Flux<String> texts) {
        return out.send(texts.map(text -> Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1))), bytes -> true);
    }
}
