package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.delivery.OrderCheck.Call;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.endpoint.BreakerRepository;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerResponse;

/** Two nodes that bring ordered events to callbacks which fail. */
class OrderingIT {
    private static final Map<String, String> SOON_AGAIN = Map.of(
            "event.notification.retry.schedule",
            "50ms,100ms,200ms,400ms,800ms,1500ms,3s,5s,7s,9s,12s,15s,20s,25s,30s,40s");

    @AutoClose
    private static final TwoNodes NODES = new TwoNodes(Map.of(
            "sluice.delivery.retry.schedule", "1h,2h",
            "sluice.delivery.timeout", "5s",
            "sluice.delivery.breaker-open", "200ms",
            "sluice.delivery.breaker-open-max", "400ms"));

    private static final DeliveryRig RIG = NODES.one;
    private static final DeliveryRig ANOTHER = NODES.another;

    @AutoClose
    private final Receiver receiver = new Receiver();

    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    @Test
    void keepsTheOrderOfEachObjectAcrossFailuresAndNodes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        receiver.answersEach((request, response) -> {
            boolean takes = random.nextInt(5) > 0;
            note(request, takes);
            return answer(response, takes ? 200 : 500);
        });
        Instance instance = RIG.instance(SOON_AGAIN, receiver.url());
        Map<String, List<String>> sent = new HashMap<>();
        for (int i = 0; i < 24; i++) {
            String object = "o" + i % 4;
            CommittedEvent event = (i % 8 < 4 ? RIG : ANOTHER).appendOrdered(instance, object);
            sent.computeIfAbsent(object, first -> new ArrayList<>()).add(id(instance, event));
        }

        await("seed " + seed).atMost(GUARD.multipliedBy(3)).until(() -> RIG.owed(instance) == 0);

        assertThat(OrderCheck.violations(sent, List.copyOf(calls)))
                .as("seed %d", seed)
                .isEmpty();
        assertThat(RIG.delivered(instance)).isEqualTo(24);
    }

    @Test
    void holdsBackNoOtherObject() {
        failsFor("bad");
        Instance instance = RIG.instance(Map.of(), receiver.url());
        String first = id(instance, RIG.appendOrdered(instance, "bad"));
        RIG.appendOrdered(instance, "bad");
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            others.add(id(instance, RIG.appendOrdered(instance, "good-" + i % 5)));
        }

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 12);
        RIG.appendOrdered(instance, "bad");
        others.add(id(instance, RIG.appendOrdered(instance, "good-0")));
        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 13);

        assertThat(RIG.owed(instance)).isEqualTo(3);
        assertThat(calls)
                .extracting(Call::id)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of(first), others.stream()).toList());
    }

    @Test
    void bringsNewOnesAtOnceToAnEndpointThatFailsNowAndThen() {
        receiver.answersEach(
                (request, response) -> answer(response, object(request).startsWith("bad") ? 500 : 200));
        Instance instance = RIG.instance(Map.of(), receiver.url());
        CommittedEvent first = RIG.appendOrdered(instance, "bad");
        await().atMost(GUARD).until(() -> RIG.attempts(first.id()).size() == 1);

        for (int i = 0; i < 100; i++) {
            RIG.appendOrdered(instance, (i % 5 == 0 ? "bad-" : "good-") + i);
        }

        await("a budget of repeats would let one a second go, and one for every four")
                .atMost(GUARD)
                .until(() -> RIG.delivered(instance) == 80);
        assertThat(RIG.owed(instance)).isEqualTo(21);
    }

    @Test
    void hasARowForWhatIsUnderWayAndNothingInMemory() {
        Sinks.Empty<Void> release = Sinks.empty();
        receiver.answersEach((request, response) ->
                release.asMono().then(response.status(200).send().then()));
        Instance instance = RIG.instance(Map.of(), receiver.url());

        RIG.appendOrdered(instance, "a");
        RIG.appendOrdered(instance, "a");

        await().atMost(GUARD).until(() -> receiver.received().size() == 1);
        assertThat(RIG.owed(instance)).isEqualTo(2);
        assertThat(RIG.number(
                        "SELECT sum(claims) AS number FROM owed_delivery WHERE instance_id = :id AND NOT behind",
                        instance))
                .isEqualTo(1);
        release.tryEmitEmpty();
        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 2);
    }

    @Test
    void sendsWhatIsOwedInOrderAfterOrderingWasSwitchedOff() {
        failsFor("a");
        Instance instance = RIG.instance(Map.of(), receiver.url());
        CommittedEvent first = RIG.appendOrdered(instance, "a");
        CommittedEvent second = RIG.appendOrdered(instance, "a");
        await().atMost(GUARD).until(() -> RIG.attempts(first.id()).size() == 1);
        failsFor("nothing");

        CommittedEvent overtaking = RIG.append(instance, "{}", 1);
        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 1);
        RIG.again(delivery(instance, second));
        RIG.again(delivery(instance, first));

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 3);
        assertThat(calls)
                .extracting(Call::id)
                .containsExactly(
                        id(instance, first), id(instance, overtaking), id(instance, first), id(instance, second));
    }

    @Test
    void drainsInOrderWhatCameWhileTheEndpointWasDeactivated() {
        receiver.answersEach((request, response) -> {
            note(request, false);
            return answer(response, 410);
        });
        Instance instance = RIG.instance(Map.of(), receiver.url());
        RIG.appendOrdered(instance, "a");
        await().atMost(GUARD)
                .until(() -> !RIG.reread(instance).endpoints().get(0).active());
        List<String> later = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            later.add(id(instance, (i % 2 == 0 ? RIG : ANOTHER).appendOrdered(instance, "a")));
        }
        calls.clear();
        failsFor("nothing");

        RIG.bean(EndpointRepository.class)
                .reactivate(instance.id(), instance.endpoints().get(0).id())
                .block(GUARD);

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 12);
        assertThat(calls).extracting(Call::id).containsExactlyElementsOf(later);
    }

    @Test
    void drainsInOrderBehindABreakerThatWasOpen() {
        failsFor("a");
        Instance instance = RIG.instance(Map.of(), receiver.url());
        RIG.bean(BreakerRepository.class)
                .open(instance.endpoints().get(0).id(), receiver.url(), "in this test", Duration.ZERO)
                .block(GUARD);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sent.add(id(instance, RIG.appendOrdered(instance, "a")));
        }
        await().atMost(GUARD).until(() -> calls.size() > 2);
        failsFor("nothing");

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 30);
        assertThat(OrderCheck.violations(Map.of("a", sent), List.copyOf(calls))).isEmpty();
    }

    @Test
    void endsALineOfADeletedInstanceToItsLast() {
        failsFor("a");
        Instance instance = RIG.instance(SOON_AGAIN, receiver.url());
        for (int i = 0; i < 5; i++) {
            RIG.appendOrdered(instance, "a");
        }

        RIG.delete(instance);

        await().atMost(GUARD).until(() -> RIG.owed(instance) == 0);
    }

    private void failsFor(String object) {
        receiver.answersEach((request, response) -> {
            boolean fails = object.equals(object(request));
            note(request, !fails);
            return answer(response, fails ? 500 : 200);
        });
    }

    private static Publisher<Void> answer(HttpServerResponse response, int status) {
        return Mono.delay(Duration.ofMillis(2))
                .then(response.status(status).send().then());
    }

    private void note(Receiver.Received request, boolean taken) {
        calls.add(new Call(object(request), request.header("webhook-id"), taken));
    }

    private static String object(Receiver.Received request) {
        String before = "\"objectId\":\"";
        int from = request.body().lastIndexOf(before) + before.length();
        return request.body().substring(from, request.body().indexOf('"', from));
    }

    private static DeliveryId delivery(Instance instance, CommittedEvent event) {
        return new DeliveryId(event.id(), instance.endpoints().get(0).id(), 0);
    }

    private static String id(Instance instance, CommittedEvent event) {
        return delivery(instance, event).encoded();
    }
}
