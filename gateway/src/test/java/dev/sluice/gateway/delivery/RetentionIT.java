package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.retention.Retention;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.Partitions;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.endpoint.EndpointHistory;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.Instance;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A day that is about to go, and what is owed of it. */
class RetentionIT {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int DAYS_AGO = 10;

    @AutoClose
    private static final DeliveryRig RIG = new DeliveryRig(Map.of());

    private final Retention retention = new Retention(
            RIG.bean(Expiry.class),
            new Partitions(RIG.bean(Database.class)),
            new EndpointHistory(RIG.bean(Database.class)),
            WEEK,
            WEEK);

    private LocalDate day = LocalDate.EPOCH;

    @Test
    void endsWhatIsOwedOfADayBeforeTheDayGoes() {
        Instance instance = RIG.instance(Map.of(), "http://127.0.0.1:1/", "http://127.0.0.1:2/");
        for (long endpoint : instance.owedEndpointIds()) {
            RIG.bean(EndpointRepository.class)
                    .deactivateOnDemand(instance.id(), endpoint, "test")
                    .block(GUARD);
        }
        CommittedEvent young = RIG.append(RIG.reread(instance), "{}", 1);
        EventId old = agedCopy(young.id());
        long parked = instance.owedEndpointIds().get(0);
        long onTheWire = instance.owedEndpointIds().get(1);
        owe(old, parked, "NULL", 0);
        owe(old, onTheWire, "now() + interval '1 hour'", 1);

        assertThat(RIG.await(retention.round()))
                .as("one delivery is on the wire")
                .isFalse();

        assertThat(RIG.attempts(old)).singleElement().satisfies(end -> {
            assertThat(end.delivery().endpointId()).isEqualTo(parked);
            assertThat(end.ending()).isEqualTo(Ending.EXPIRED);
            assertThat(end.error()).contains("Retention ended");
            assertThat(end.made()).isFalse();
        });
        assertThat(RIG.number("SELECT sum(failed) AS number FROM event_rollup WHERE instance_id = :id", instance))
                .isEqualTo(1);
        assertThat(RIG.number(
                        "SELECT failed AS number FROM event_search WHERE instance_id = :id AND failed > 0", instance))
                .isEqualTo(1);
        assertThat(partitions("event")).as("its day stays for as long").isEqualTo(1);
        assertThat(RIG.owed(instance)).isEqualTo(3);

        run("UPDATE owed_delivery SET due_at = now() WHERE endpoint_id = " + onTheWire + " AND claims = 1");
        assertThat(RIG.await(retention.round())).isTrue();

        assertThat(RIG.attempts(old))
                .extracting(Attempt::ending)
                .containsOnly(Ending.EXPIRED)
                .hasSize(2);
        assertThat(partitions("event")).isZero();
        assertThat(partitions("event_search")).isZero();
        assertThat(RIG.owed(instance)).as("what is young is owed as before").isEqualTo(2);
        assertThat(RIG.bean(MeterRegistry.class)
                        .get("sluice.delivery.given.up")
                        .tag("ending", "expired")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(RIG.await(retention.round())).as("again").isTrue();
    }

    /** The same event, received days ago, in partitions of that day. */
    private EventId agedCopy(EventId event) {
        Instant receivedAt = event.receivedAt().minus(Duration.ofDays(DAYS_AGO));
        EventId old = EventId.of(event.instanceId(), receivedAt, event.epoch(), event.sequence());
        day = receivedAt.atZone(ZoneOffset.UTC).toLocalDate();
        for (String log : Partitions.OF_EVENTS) {
            run("CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')"
                    .formatted(name(log), log, day + "Z", day.plusDays(1) + "Z"));
        }
        run("""
                INSERT INTO event (instance_id, id, received_at, epoch, sequence, endpoint_ids, parts, content_type,
                                   headers, items, body)
                SELECT instance_id, '%s', '%s', epoch, sequence, endpoint_ids, parts, content_type, headers, items, body
                  FROM event WHERE id = '%s'""".formatted(old.id(), receivedAt, event.id()));
        return old;
    }

    private String name(String log) {
        return log + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private long partitions(String log) {
        return RIG.await(RIG.client()
                .sql(
                        "SELECT count(*) FROM pg_inherits WHERE inhparent = '%s'::regclass AND inhrelid = to_regclass('%s')"
                                .formatted(log, name(log)))
                .map(row -> row.get(0, Long.class))
                .one());
    }

    private static void owe(EventId event, long endpoint, String dueAt, int claims) {
        run("""
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at, claims)
                VALUES (%d, '%s', 0, %d, 1, %s, %d)""".formatted(endpoint, event.id(), event.instanceId(), dueAt, claims));
    }

    private static void run(String sql) {
        RIG.client().sql(sql).then().block(GUARD);
    }
}
