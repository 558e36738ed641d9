package dev.sluice.gateway.invariant;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.delivery.DeliveryRig;
import dev.sluice.gateway.delivery.attempt.OpenAttempts;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.invariant.InvariantRepository;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Deliveries whose database is made to do what must never be. */
class InvariantWatchIT {
    private static final Duration SOON = Duration.ofMillis(300);

    @AutoClose
    private static final DeliveryRig RIG = new DeliveryRig(Map.of());

    private final Database database = RIG.bean(Database.class);
    private final InvariantWatch watch =
            new InvariantWatch(new InvariantRepository(database), RIG.bean(OpenAttempts.class), SOON, Duration.ZERO);

    @Test
    void showsADueDeliveryThatNobodyClaims() {
        Instance instance = RIG.instance(Map.of("event.notification.retry.schedule", "1h"), "http://127.0.0.1:1/");
        RIG.append(instance, "{}", 1);
        await().atMost(GUARD).until(() -> RIG.owed(instance) == 1);
        assertThat(read().dueUnclaimed()).isZero();

        // A claim counts itself, and this cannot be counted further: every one fails.
        run("UPDATE owed_delivery SET due_at = now() - interval '1 minute', claims = 32767 WHERE instance_id = "
                + instance.id());

        await().atMost(GUARD)
                .untilAsserted(() -> assertThat(read().dueUnclaimed()).isEqualTo(1));
        run("UPDATE owed_delivery SET claims = 0 WHERE instance_id = " + instance.id());
        await().atMost(GUARD).until(() -> read().dueUnclaimed() == 0);
    }

    @Test
    void showsAnAttemptWithoutAnOutcomeAndThatItsEventIsUnaccountedForUntilItIsOwed() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        InvariantWatch usual =
                new InvariantConfiguration().invariantWatch(database, RIG.bean(OpenAttempts.class), meters);
        usual.read().block(GUARD);
        assertThat(value(meters, "due.unclaimed")).isZero();
        assertThat(value(meters, "unaccounted")).isZero();
        assertThat(value(meters, "attempts.without.outcome")).isZero();
        Instance instance = RIG.instance(Map.of(), "http://127.0.0.1:1/");
        run("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.instance_id = %d THEN
                        RAISE EXCEPTION 'refused' USING ERRCODE = '22000';
                    END IF;
                    RETURN NEW;
                END $$""".formatted(instance.id()));
        run("CREATE TRIGGER refuses BEFORE INSERT ON attempt FOR EACH ROW EXECUTE FUNCTION refuse()");
        CommittedEvent event = RIG.append(instance, "{}", 1);

        await().atMost(GUARD).until(() -> value(meters, "attempts.without.outcome") == 1);
        assertThat(RIG.owed(instance)).isZero();
        assertThat(read().unaccounted()).isEqualTo(1);
        assertThat(read().unaccounted()).as("once, however often it is found").isEqualTo(1);
        assertThat(value(meters, "unaccounted")).as("it is young").isZero();

        run("DROP TRIGGER refuses ON attempt");
        run("""
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts)
                VALUES (%d, '%s', 0, %d, 0)""".formatted(instance.owedEndpointIds().get(0), event.id().id(), instance.id()));
        assertThat(read().unaccounted()).isZero();
    }

    private Invariants read() {
        watch.read().block(GUARD);
        return Objects.requireNonNull(watch.latest());
    }

    private static double value(SimpleMeterRegistry meters, String name) {
        return meters.get("sluice.invariant." + name).gauge().value();
    }

    private static void run(String sql) {
        RIG.client().sql(sql).then().block(GUARD);
    }
}
