package dev.sluice.persistence.notification;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of deliveries, part by part. */
final class DeliveryListIT extends DeliveryRig {
    @SuppressWarnings("TimeZoneUsage")
    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void goesFromPageToPageWithoutALossOrARepeat() {
        List<DeliveryId> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<DeliveryId> parts = committed(45, endpoint, second);
            parts.forEach(part -> record(new Outcome.Owed(part, attempt(part, null), HOUR)));
            all.addAll(parts);
            record(new Outcome.Unowed(committed(3).get(0).eventId()));
        }
        all.sort(Comparator.comparing((DeliveryId id) -> id.eventId().id())
                .reversed()
                .thenComparingLong(DeliveryId::endpointId)
                .thenComparingInt(DeliveryId::part));

        for (int size : new int[] {1, 4, 6, 200}) {
            assertThat(walk(ofInstance(null), size)).isEqualTo(all);
            assertThat(walk(ofInstance(DeliveryStatus.RETRY), size)).isEqualTo(all);
            assertThat(walk(ofAll(null, null), size)).isEqualTo(all);
            assertThat(walk(ofAll(DeliveryStatus.RETRY, null), size)).isEqualTo(all);
        }
        assertThat(walk(ofAll(null, "http://second"), 5))
                .isEqualTo(all.stream().filter(id -> id.endpointId() == second).toList());
    }

    @Test
    void goesOnWithTheDayBefore() {
        DeliveryId yesterday = deliveredYesterday();
        DeliveryId today = committed(1, endpoint).get(0);
        record(new Outcome.Ended(attempt(today, Ending.DELIVERED)));

        for (int size : new int[] {1, 2}) {
            assertThat(walk(ofInstance(null), size)).containsExactly(today, yesterday);
            assertThat(walk(ofAll(DeliveryStatus.DELIVERED, null), size)).containsExactly(today, yesterday);
        }
    }

    private static DeliveryId deliveredYesterday() {
        Instant at = CLOCK.instant().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS);
        EventId id = EventId.of(Fixture.INSTANCE, at, 1, 1);
        for (String statement : List.of(
                "INSERT INTO event (instance_id, id, received_at, epoch, sequence, endpoint_ids, parts, content_type,"
                        + " headers, items, body) VALUES (4711, '%1$s', '%2$s', 1, 1, ARRAY[%3$d], 1, '', '{}', '[]', '')",
                "INSERT INTO event_search (organization_id, event_id, item, received_at, instance_id, deliveries, added,"
                        + " delivered, failed, attempted) VALUES (%4$d, '%1$s', 0, '%2$s', 4711, 1, 0, 1, 0, true)",
                "INSERT INTO attempt (event_id, endpoint_id, part, attempt, attempted_at, instance_id, outcome, ending,"
                        + " duration_micros) VALUES ('%1$s', %3$d, 0, 1, '%2$s', 4711, 'success', 'delivered', 7)")) {
            execute(database, statement.formatted(id.id(), at, endpoint, organization));
        }
        return new DeliveryId(id, endpoint, 0);
    }

    @Test
    void findsWhatIsFarBehindManyThatDoNotMatch() {
        DeliveryId failed = committed(1, endpoint).get(0);
        record(new Outcome.Ended(attempt(failed, Ending.GONE)));
        IntStream.range(0, 400).forEach(i -> {
            DeliveryId delivered = committed(1, endpoint).get(0);
            outcomes.record(new Outcome.Ended(attempt(delivered, Ending.DELIVERED)))
                    .subscribe();
        });
        outcomes.flushed().block(PATIENCE);

        DeliveryFilter toUrl = new DeliveryFilter(
                organization, List.of(Fixture.INSTANCE), DeliveryStatus.FAILED, "http://localhost/callback", false);
        DeliveryFilter byLog =
                new DeliveryFilter(organization, List.of(Fixture.INSTANCE), null, "http://localhost/callback", true);

        assertThat(await(list.page(toUrl, null, 10)).deliveries())
                .extracting(FoundDelivery::id)
                .containsExactly(failed);
        assertThat(await(list.page(byLog, null, 10)).deliveries())
                .extracting(FoundDelivery::id)
                .containsExactly(failed);
        assertThat(walk(ofAll(DeliveryStatus.DELIVERED, null), 150)).hasSize(400);
    }

    @Test
    void isShortRatherThanLookAtEverything() {
        DeliveryId failed = committed(1, endpoint).get(0);
        record(new Outcome.Ended(attempt(failed, Ending.GONE)));
        IntStream.range(0, 300).forEach(i -> {
            DeliveryId exhausted = committed(1, endpoint).get(0);
            outcomes.record(new Outcome.Ended(attempt(exhausted, Ending.EXHAUSTED)))
                    .subscribe();
        });
        outcomes.flushed().block(PATIENCE);

        for (DeliveryFilter filter : List.of(ofInstance(DeliveryStatus.FAILED), ofAll(DeliveryStatus.FAILED, null))) {
            DeliveryPage first = await(list.page(filter, null, 200));

            assertThat(first.deliveries()).isEmpty();
            assertThat(first.next()).isNotNull();
            assertThat(walk(filter, 200)).containsExactly(failed);
        }
    }

    @Test
    void goesOnWithinAnEventOfManyDeliveries() {
        List<DeliveryId> all = committed(4_000, endpoint, second);
        DeliveryId last = all.get(all.size() - 1);
        record(new Outcome.Ended(attempt(last, Ending.DELIVERED)));

        assertThat(walk(ofInstance(null), 200)).isEqualTo(all);
        assertThat(await(list.page(ofInstance(DeliveryStatus.DELIVERED), null, 200))
                        .deliveries())
                .isEmpty();
        assertThat(walk(ofInstance(DeliveryStatus.DELIVERED), 200)).containsExactly(last);
        assertThat(walk(ofAll(DeliveryStatus.DELIVERED, "http://second"), 200)).containsExactly(last);
    }

    private static List<DeliveryId> walk(DeliveryFilter filter, int size) {
        List<DeliveryId> seen = new ArrayList<>();
        DeliveryId place = null;
        do {
            DeliveryPage page = await(list.page(filter, place, size));
            page.deliveries().forEach(each -> seen.add(each.id()));
            place = page.next();
        } while (place != null);
        return seen;
    }
}
