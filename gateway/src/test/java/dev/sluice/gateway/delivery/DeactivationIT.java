package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.account.FailurePolicy;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.endpoint.ParkedRepository;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Endpoint.State;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Endpoints that have been given up, and what they are owed from then on. */
class DeactivationIT {
    /** One at a time, so that the order of what arrives is the order of what was sent. */
    private static final Map<String, String> ONE_AT_A_TIME = Map.of("event.notification.concurrency", "1");

    @AutoClose
    private static final DeliveryRig RIG = new DeliveryRig(Map.of(
            "sluice.delivery.retry.schedule", "200ms,700ms",
            "sluice.delivery.timeout", "5s",
            "sluice.delivery.breaker-open", "100ms",
            "sluice.delivery.breaker-open-max", "200ms"));

    @AutoClose
    private final Receiver receiver = new Receiver();

    @Test
    void deactivatesAnEndpointWhenADeliveryHasUsedUpItsSchedule() {
        receiver.answers(503);
        Instance instance = RIG.instance(ONE_AT_A_TIME, receiver.url());
        RIG.append(instance, "{}", 1);

        Endpoint endpoint = awaitDeactivated(instance);

        assertThat(endpoint.reason())
                .startsWith("A delivery has used up its retry schedule. The callback answered 503.");
        assertThat(receiver.received()).hasSize(3);
        await().atMost(GUARD)
                .until(() -> number(
                                "SELECT count(*) AS number FROM attempt WHERE instance_id = :id AND ending = 'exhausted'",
                                instance)
                        == 1);
    }

    @Test
    void deactivatesAnEndpointWhenNothingSucceededForAsLongAsTheSchedule() {
        receiver.answers(500);
        Instance instance = RIG.instance(Map.of(), receiver.url());
        RIG.appendMany(instance, 80);

        assertThat(awaitDeactivated(instance).reason()).isNotEmpty();
        assertThat(number("SELECT count(*) AS number FROM owed_delivery WHERE instance_id = :id", instance))
                .as("what nobody tried stays owed")
                .isPositive();
    }

    @Test
    void deliversInOrderWhatCameWhileItWasDeactivatedOnceItIsReactivated() {
        receiver.answers(410);
        Instance instance = RIG.instance(ONE_AT_A_TIME, receiver.url());
        RIG.append(instance, "{}", 1);
        long endpointId = awaitDeactivated(instance).id();
        List<String> later = appendLater(instance, endpointId);

        assertThat(receiver.received()).hasSize(1);
        receiver.answers(200);
        RIG.bean(EndpointRepository.class).reactivate(instance.id(), endpointId).block(GUARD);

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == later.size());
        assertThat(receiver.received())
                .extracting(request -> request.header("webhook-id"))
                .containsExactlyElementsOf(sent(receiver, later));
        assertThat(RIG.reread(instance).endpoints()).allMatch(Endpoint::active);
    }

    @Test
    void parksWhatADisabledInstanceIsOwedAndDeliversItOnceItIsEnabledAgain() {
        Instance instance = RIG.instance(ONE_AT_A_TIME, receiver.url());
        RIG.setDisabled(instance, true);
        await().atMost(GUARD)
                .until(() -> RIG.bean(InstanceCache.class)
                        .find(instance.id())
                        .blockOptional(GUARD)
                        .orElseThrow()
                        .disabled());
        // As it was before: they are owed to its endpoint.
        RIG.appendMany(instance, 20);

        await().atMost(GUARD).until(() -> parked(instance) == 20);
        // No claim, and none to come: what looks for parked deliveries that were left behind leaves these.
        new ParkedRepository(RIG.bean(Database.class))
                .recoverLeftBehind(-1, 1_000)
                .block(GUARD);
        assertThat(number("SELECT sum(generation) AS number FROM owed_delivery WHERE instance_id = :id", instance))
                .isZero();
        assertThat(parked(instance)).isEqualTo(20);
        assertThat(receiver.received()).isEmpty();

        RIG.setDisabled(instance, false);

        await().atMost(GUARD).until(() -> RIG.delivered(instance) == 20);
        assertThat(receiver.ids()).hasSize(20);
    }

    @Test
    void deliversWhatCameToAnotherUrlThatReplacesTheDeactivatedOne() {
        receiver.answers(410);
        Instance instance = RIG.instance(ONE_AT_A_TIME, receiver.url());
        RIG.append(instance, "{}", 1);
        List<String> later = appendLater(instance, awaitDeactivated(instance).id());

        try (Receiver other = new Receiver()) {
            RIG.change(instance, ONE_AT_A_TIME, other.url());

            await().atMost(GUARD).until(() -> RIG.delivered(instance) == later.size());
            assertThat(other.received())
                    .extracting(request -> request.header("webhook-id"))
                    .containsExactlyElementsOf(later);
        }
    }

    @Test
    void deactivatesOnDemandAndParksWhatIsOwed() {
        Instance instance = RIG.instance(ONE_AT_A_TIME, receiver.url());
        long endpointId = instance.owedEndpointIds().get(0);
        RIG.bean(EndpointRepository.class)
                .deactivateOnDemand(instance.id(), endpointId, "Not now.")
                .block(GUARD);

        assertThat(awaitDeactivated(instance).reason()).isEqualTo("Not now.");
        appendLater(instance, endpointId);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void deactivatesAnEndpointWhoseConfigurationNobodyMended() {
        Instance instance =
                RIG.instance(Map.of("event.notification.callback.headers", "Host: elsewhere"), receiver.url());
        RIG.append(instance, "{}", 1);

        assertThat(awaitDeactivated(instance).reason()).contains("configuration is not understood");
    }

    @Test
    void queuesWhatFailedAndAllThatFollowsUntilItIsReleasedWhenThatIsTheAccountsPolicy() {
        RIG.setFailurePolicy(FailurePolicy.QUEUE);
        try {
            receiver.answers(502);
            Instance instance = RIG.instance(ONE_AT_A_TIME, receiver.url());
            String first = new DeliveryId(
                            RIG.append(instance, "{}", 1).id(),
                            instance.owedEndpointIds().get(0),
                            0)
                    .encoded();
            Endpoint endpoint = awaitDeactivated(instance);
            assertThat(endpoint.reason()).contains("failure policy is to queue", "The callback answered 502.");
            await().atMost(GUARD).until(() -> parked(instance) == 1);
            List<String> later = appendLater(instance, endpoint.id(), 31);
            assertThat(receiver.received()).hasSize(1);

            receiver.answers(200);
            RIG.bean(EndpointRepository.class)
                    .reactivate(instance.id(), endpoint.id())
                    .block(GUARD);

            await().atMost(GUARD).until(() -> RIG.delivered(instance) == 1 + later.size());
            assertThat(receiver.received())
                    .extracting(request -> request.header("webhook-id"))
                    .startsWith(first, first)
                    .endsWith(later.get(later.size() - 1));
        } finally {
            RIG.setFailurePolicy(FailurePolicy.RETRY);
        }
    }

    /** Events for a deactivated endpoint; the ids of their deliveries, in order. */
    private static List<String> appendLater(Instance instance, long endpointId) {
        return appendLater(instance, endpointId, 30);
    }

    private static List<String> appendLater(Instance instance, long endpointId, int parked) {
        List<String> ids = RIG.appendMany(RIG.reread(instance), 30).stream()
                .map(event -> new DeliveryId(event.id(), endpointId, 0).encoded())
                .toList();
        await().atMost(GUARD).until(() -> parked(instance) == parked);
        return ids;
    }

    private static double parked(Instance instance) {
        return number(
                "SELECT count(*) AS number FROM owed_delivery WHERE instance_id = :id AND due_at IS NULL", instance);
    }

    private static List<String> sent(Receiver receiver, List<String> later) {
        List<String> all = new ArrayList<>();
        all.add(receiver.received().get(0).header("webhook-id"));
        all.addAll(later);
        return all;
    }

    private static Endpoint awaitDeactivated(Instance instance) {
        return await().atMost(GUARD)
                .until(() -> RIG.reread(instance).endpoints().get(0), found -> found.state() == State.DEACTIVATED);
    }

    private static double number(String sql, Instance instance) {
        return RIG.number(sql, instance);
    }
}
