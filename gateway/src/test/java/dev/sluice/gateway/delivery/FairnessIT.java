package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.Instance;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** What one endpoint does to the others. */
class FairnessIT {
    private static final int EACH = 300;
    private static final int OWED = 100_000;

    private static final Sinks.Empty<Void> RELEASED = Sinks.empty();

    private static DeliveryRig rig;
    private static Receiver healthy;
    private static Receiver hanging;

    @BeforeAll
    static void start() {
        rig = new DeliveryRig(Map.of(
                "sluice.delivery.timeout", "2m",
                "sluice.delivery.concurrency", "8",
                "sluice.delivery.memory", "2MB"));
        healthy = new Receiver();
        hanging = new Receiver();
        hanging.answers(response -> RELEASED.asMono().then(response.send().then()));
    }

    @AfterAll
    static void stop() {
        // What hangs would be waited for.
        RELEASED.tryEmitEmpty();
        rig.close();
        hanging.close();
        healthy.close();
    }

    @Test
    void deliversToAllOthersWhileOneEndpointHangsWithHalfOfTheTraffic() {
        Instance stuck = rig.instance(Map.of(), hanging.url());
        Instance well = rig.instance(Map.of(), healthy.url());
        String body = "{\"filler\": \"" + "x".repeat(10_000) + "\"}";

        for (int i = 0; i < EACH; i++) {
            rig.append(stuck, body, 1);
            rig.append(well, body, 1);
        }

        await().atMost(GUARD).until(() -> rig.delivered(well) == EACH);
        assertThat(rig.delivered(stuck)).isZero();
        assertThat(rig.number("SELECT coalesce(max(attempt), 0) AS number FROM attempt WHERE instance_id = :id", stuck))
                .as("all of its calls still hang")
                .isZero();
        assertThat(hanging.atOnceMost()).isLessThanOrEqualTo(8);
        assertThat(rig.owed(stuck)).as("what found no room in memory is owed").isPositive();
        assertThat(rig.number("SELECT count(*) AS number FROM attempt WHERE instance_id = :id AND attempt > 1", well))
                .isZero();
    }

    @Test
    void servesAnEndpointWithLittleOwedWhileAnotherHasAHundredThousand() {
        Instance much = rig.instance(Map.of(), healthy.url());
        Instance little = rig.instance(Map.of(), healthy.url());
        EndpointRepository endpoints = rig.bean(EndpointRepository.class);
        long littleEndpoint = little.owedEndpointIds().get(0);
        endpoints.deactivateOnDemand(little.id(), littleEndpoint, "test").block(GUARD);
        for (int i = 0; i < 40; i++) {
            rig.append(rig.reread(little), "{}", 1);
        }
        await().atMost(GUARD).until(() -> rig.owed(little) == 40);
        oweMuch(much);

        endpoints.reactivate(little.id(), littleEndpoint).block(GUARD);

        await().atMost(GUARD).until(() -> rig.delivered(little) == 40);
        assertThat(rig.owed(much)).as("the other one is not done by far").isGreaterThan(OWED / 10);
    }

    /** Events that are not there any more: each is claimed, and ended. */
    private static void oweMuch(Instance instance) {
        rig.client()
                .sql("""
                        INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
                        SELECT %d, ('018f0000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, %d, 0, now()
                          FROM generate_series(1, %d) AS i""".formatted(instance.owedEndpointIds().get(0), instance.id(), OWED))
                .then()
                .block(GUARD);
    }
}
