package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.ServerTime;
import dev.sluice.persistence.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A signature key and the one it replaces, on a database whose clock is the only one that counts. */
class SignatureOverlapIT {
    private static final String SETTING = "event.notification.signature.key";

    @AutoClose
    private static final DeliveryRig RIG = new DeliveryRig(Map.of());

    @AutoClose
    private final Receiver receiver = new Receiver();

    @Test
    void stopsSigningWithThePreviousKeyAtItsEndWithoutAnyCall() {
        Instant end = after(Duration.ofSeconds(3));
        Instance instance = RIG.instance(
                Map.of(
                        SETTING,
                        Planted.secret("new"),
                        SETTING + ".previous",
                        Planted.secret("old"),
                        SETTING + ".previous.until",
                        end.toString()),
                receiver.url());

        RIG.append(instance, "{}", 1);
        assertThat(awaitSignatures(1)).hasSize(2);

        await().atMost(GUARD).until(() -> after(Duration.ZERO).isAfter(end));
        RIG.append(instance, "{}", 1);
        assertThat(awaitSignatures(2)).hasSize(1);
    }

    private static Instant after(Duration wait) {
        return RIG.await(new ServerTime(RIG.bean(Database.class)).after(wait));
    }

    /** Of the request that came last, when that many have come. */
    private String[] awaitSignatures(int requests) {
        await().atMost(GUARD).until(() -> receiver.received().size() == requests);
        return receiver.received().get(requests - 1).header("webhook-signature").split(" ");
    }
}
