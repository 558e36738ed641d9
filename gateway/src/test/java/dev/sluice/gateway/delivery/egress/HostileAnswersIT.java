package dev.sluice.gateway.delivery.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpServer;
import reactor.test.StepVerifier;

/**
 * Receivers that are slow, endless, broken or lie. None holds a connection for longer than the timeout, nor more memory than
 * one read takes.
 */
class HostileAnswersIT extends CallbackRig {
    private static final int READ_AT_ONCE_MAX = 16 * 1_024;
    /** What is read until an answer that is too long is cut: the limit, its last piece, and what had come with the head. */
    private static final int READ_IN_ALL_MAX = 4 * READ_AT_ONCE_MAX;

    @Test
    void timesOutWhenTheStatusLineDoesNotComeAndClosesTheConnection() {
        serveTcp(request -> Flux.never());

        expectFailure(FailureCause.TIMED_OUT, "did not answer within 800 ms. Answer with 2xx at once");

        awaitNoConnection();
    }

    @Test
    void timesOutWhenTheStatusLineDripsIn() {
        serveTcp(request -> drip(OK));

        expectFailure(FailureCause.TIMED_OUT, "did not answer within 800 ms. Answer with 2xx at once");

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
    void countsAStatusWhoseBodyIsTruncated() {
        serveTcp(request -> Flux.just("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nxyz"), true);

        expectStatus(200);
    }

    @Test
    void failsWhenTheConnectionEndsBeforeAStatus() {
        serveTcp(request -> Flux.empty(), true);

        expectFailure(FailureCause.DISCONNECTED, "closed the connection before it answered");
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

        expectFailure(FailureCause.DISCONNECTED, "closed the connection before it answered");
    }

    @Test
    void failsWhenTheAnswerIsNoHttp() {
        serveTcp(request -> Flux.just("SSH-2.0-OpenSSH_9.2\r\n\r\n"), true);

        expectFailure(FailureCause.BROKEN, "No readable HTTP came from http://127.0.0.1");
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
        expectLittleRead();
    }

    @Test
    void cutsABodyOfTenGigabytes() {
        serveTcp(request -> Flux.concat(
                Mono.just("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"),
                Flux.just("x".repeat(64 * 1_024)).repeat()));

        expectStatus(200);

        awaitNoConnection();
        expectLittleRead();
    }

    @Test
    void asksForNoCompressionAndInflatesNone() {
        AtomicReference<String> asked = new AtomicReference<>("");
        byte[] bomb = bomb();
        serveTcp(request -> {
            asked.set(new String(request, UTF_8));
            return Flux.just(
                    "HTTP/1.1 500 Bomb\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n",
                    new String(bomb, ISO_8859_1));
        });

        StepVerifier.create(post("{}"))
                .assertNext(answer -> {
                    assertThat(answer.start().bytes()).hasSize(1_024).startsWith(0x1f, 0x8b);
                    assertThat(asked.get()).startsWith("POST / HTTP/1.1").doesNotContainIgnoringCase("accept-encoding");
                })
                .expectComplete()
                .verify(GUARD);

        expectLittleRead();
    }

    /** Fifty megabytes of nothing. */
    private static byte[] bomb() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            byte[] nothing = new byte[1_024 * 1_024];
            for (int megabyte = 0; megabyte < 50; megabyte++) {
                gzip.write(nothing);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 two hundred OK\r\n\r\n",
                "HTTP/9.9 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                "HTTP/1.1\r\n\r\n",
                "\0\0\0\0\r\n\r\n"
            })
    void failsWhenTheHeadIsMalformed(String head) {
        serveTcp(request -> Flux.just(head));

        StepVerifier.create(post("{}"))
                .expectErrorSatisfies(error ->
                        assertThat(FailureCause.of(error)).isIn(FailureCause.BROKEN, FailureCause.DISCONNECTED))
                .verify(GUARD);

        awaitNoConnection();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nxyz\r\n", "-5\r\nxyz", "ffffffffffffffff\r\nxyz", "5\r\nhello world\r\n"})
    void countsAStatusWhoseChunksAreMalformed(String chunks) {
        serveTcp(request -> Flux.just("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks));

        expectStatus(200);

        awaitNoConnection();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX-Endless: ", "HTTP/1.1 200 OK\r\n"})
    void failsWhenTheHeadHasNoEnd(String begin) {
        String more = begin.endsWith("\r\n") ? "X-One: 1\r\n" : "x";
        serveTcp(request ->
                Flux.concat(Mono.just(begin), Flux.just(more.repeat(256)).repeat()));

        StepVerifier.create(post("{}"))
                .expectErrorSatisfies(
                        error -> assertThat(FailureCause.of(error)).isEqualTo(FailureCause.BROKEN))
                .verify(GUARD);

        awaitNoConnection();
        expectLittleRead();
    }

    @Test
    void timesOutWhenOneInterimAnswerFollowsAnother() {
        serveTcp(request -> Flux.just("HTTP/1.1 100 Continue\r\n\r\n")
                .delayElements(Duration.ofMillis(5))
                .repeat());

        expectFailure(FailureCause.TIMED_OUT, "did not answer within 800 ms. Answer with 2xx at once");

        awaitNoConnection();
    }

    @Test
    void countsAStatusWhoseLengthPromisesMoreThanComes() {
        serveTcp(request -> Flux.just("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort"));

        expectStatus(200);

        awaitNoConnection();
    }

    @Test
    void takesNothingThatFollowsAnAnswerForTheNextOne() {
        serveTcp(request -> opened.get() == 1
                ? Flux.just(OK + "HTTP/1.1 500 Planted\r\nContent-Length: 0\r\n\r\n")
                : Flux.just(OK));

        for (int i = 0; i < 10; i++) {
            expectStatus(200);
        }
    }

    private void expectLittleRead() {
        assertThat(reads.largestBuffer()).isLessThanOrEqualTo(READ_AT_ONCE_MAX);
        assertThat(reads.bytes()).isLessThanOrEqualTo(READ_IN_ALL_MAX);
    }
}
