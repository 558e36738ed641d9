package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Receivers that say more than they were asked. Nothing of it is the answer to anybody else's notification. */
class SurplusAnswersIT extends CallbackRig {
    private static final String REFUSED = "HTTP/1.1 500 Refused\r\nContent-Length: 0\r\n\r\n";
    private static final String TRUE_ANSWER = "HTTP/1.1 202 Taken\r\nContent-Length: 0\r\n\r\n";

    private final CallbackClient one =
            new CallbackClient(new EgressLimits(GUARD, GUARD, 1), new AddressGuard(List.of("127.0.0.0/8")));
    private final AtomicInteger asked = new AtomicInteger();
    private final Sinks.Empty<Void> somebodyWaits = Sinks.empty();

    @AfterEach
    void close() {
        one.close();
    }

    /** The lines of what is answered end with {@code |}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "a second answer;500;HTTP/1.1 500 No|Content-Length: 0||HTTP/1.1 200 Lie|Content-Length: 0||;''",
                "two more;500;HTTP/1.1 500 No|Content-Length: 0||HTTP/1.1 200 Lie|Content-Length: 2||{}HTTP/1.1 200 Lie||;''",
                "half a head;500;HTTP/1.1 500 No|Content-Length: 0||HTTP/1.1 200 Lie|Content-Le;ngth: 0||",
                "one letter after chunks;500;HTTP/1.1 500 No|Transfer-Encoding: chunked||2|{}|0||H;TTP/1.1 200 Lie||",
                "an interim answer;500;HTTP/1.1 500 No|Content-Length: 0||HTTP/1.1 103 Early||;HTTP/1.1 200 Lie||",
                "no HTTP;200;HTTP/1.1 200 OK|Content-Length: 2||{}Segmentation fault||;''",
                "a body of what has none;204;HTTP/1.1 204 Taken|Content-Length: 8||HTTP/1.1; 200 Lie||",
                "another protocol;101;HTTP/1.1 101 Switching|Upgrade: lies|Connection: Upgrade||;HTTP/1.1 200 Lie||"
            })
    void givesNobodyAConnectionWithMoreThanTheAnswer(String what, int status, String answered, String later) {
        serve(lines(answered), lines(later));

        answersBoth(status);

        assertThat(opened).as(what).hasValue(2);
    }

    @Test
    void givesTheConnectionToWhoeverWaitsForItWhenThereIsNoMore() {
        serve(REFUSED, TRUE_ANSWER);

        answersBoth(500);

        assertThat(opened).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {OK, "HTTP/1.1 200 Lie\r\nContent-Le", "H", "\r\n"})
    void closesAnIdleConnectionOnWhichSomethingComes(String unasked) {
        serveTcp(request ->
                Flux.concat(Flux.just(REFUSED), somebodyWaits.asMono().then(Mono.just(unasked))));
        expectStatus(500);
        await().atMost(GUARD).until(() -> released.get() == 1);

        somebodyWaits.tryEmitEmpty().orThrow();

        awaitNoConnection();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints\r\nLink: </x>"})
    void waitsForTheAnswerBehindInterimOnes(String interim) {
        String head = "HTTP/1.1 " + interim + "\r\n\r\n";
        serveTcp(request -> asked.incrementAndGet() == 1
                ? Flux.just(head + head + TRUE_ANSWER)
                : Flux.just(head).concatWith(Mono.just(TRUE_ANSWER).delayElement(TIMEOUT.dividedBy(8))));

        assertThat(ask()).succeedsWithin(GUARD).isEqualTo(202);
        assertThat(ask()).succeedsWithin(GUARD).isEqualTo(202);

        assertThat(opened).hasValue(1);
    }

    private void serve(String answered, String later) {
        serveTcp(request -> {
            if (asked.incrementAndGet() == 1) {
                return Flux.just(answered).delaySubscription(somebodyWaits.asMono());
            }
            return Flux.just(opened.get() == 1 ? later : TRUE_ANSWER);
        });
    }

    /** Two deliveries and one connection: the second gets it, or the next, when the first is answered. */
    private void answersBoth(int status) {
        CompletableFuture<Integer> first = ask();
        await().atMost(GUARD).until(() -> asked.get() == 1);
        CompletableFuture<Integer> second = ask();
        somebodyWaits.tryEmitEmpty().orThrow();

        assertThat(first).succeedsWithin(GUARD).isEqualTo(status);
        assertThat(second).succeedsWithin(GUARD).isEqualTo(202);
    }

    private CompletableFuture<Integer> ask() {
        return one.post(uri("127.0.0.1"), () -> request("{}"))
                .map(Answer::status)
                .toFuture()
                .orTimeout(GUARD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String lines(String text) {
        return text.replace("|", "\r\n");
    }
}
