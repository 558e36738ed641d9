package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.instance.Instance;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** A node learns that another has taken over what it has in hand, as when its process was stopped for a while. */
class TakenOverIT {
    private static final String CLOSE_FENCE = """
            UPDATE epoch_fence SET closed_at = now()
             WHERE id = (SELECT max(id) FROM epoch WHERE node = 'test')""";

    private final DeliveryRig rig = new DeliveryRig(Map.of(
            "sluice.delivery.concurrency", "1",
            "sluice.delivery.timeout", "15s"));
    private final Receiver receiver = new Receiver();
    private final Sinks.Empty<Void> released = Sinks.empty();

    @AfterEach
    void stop() {
        released.tryEmitEmpty();
        rig.close();
        receiver.close();
    }

    @Test
    void doesNotSendWhatWaitedInMemoryWhenAnotherOwesItByNow() {
        AtomicBoolean first = new AtomicBoolean(true);
        receiver.answers(response ->
                first.getAndSet(false) ? released.asMono().then(response.send().then()) : response.send());
        Instance instance = rig.instance(Map.of(), receiver.url());
        rig.append(instance, "{\"name\":\"under way\"}", 1);
        await().atMost(GUARD).until(() -> received("under way") == 1);
        rig.append(instance, "{\"name\":\"waiting\"}", 1);

        rig.client().sql(CLOSE_FENCE).then().block(GUARD);
        await().atMost(GUARD).until(() -> rig.owed(instance) == 2);
        released.tryEmitEmpty();

        await().atMost(GUARD).until(() -> rig.owed(instance) == 0);
        assertThat(received("under way")).as("the one on the wire").isBetween(1L, 2L);
        assertThat(received("waiting")).isEqualTo(1);
    }

    private long received(String name) {
        return receiver.received().stream()
                .filter(request -> request.body().contains(name))
                .count();
    }
}
