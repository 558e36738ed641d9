package dev.sluice.persistence.notification;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.endpoint.QueueRepository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far each delivery has come, and what an order to send changes about it. */
final class DeliveryStatusIT extends DeliveryRig {
    @Test
    void saysHowFarEachDeliveryHasCome() {
        Map<DeliveryId, DeliveryStatus> expected = oneOfEachKind();

        for (DeliveryStatus status : DeliveryStatus.values()) {
            assertThat(statuses(ofInstance(status)).keySet())
                    .as("%s", status)
                    .containsExactlyInAnyOrderElementsOf(expected.keySet().stream()
                            .filter(id -> expected.get(id) == status)
                            .toList());
        }
        // Nothing is known of it but that it is committed.
        expected.put(committed(1, endpoint).get(0), DeliveryStatus.CREATED);
        assertThat(statuses(ofInstance(null))).isEqualTo(expected);
        assertThat(statuses(new DeliveryFilter(organization + 1, List.of(Fixture.INSTANCE), null, null, false)))
                .isEmpty();
        assertThat(statuses(new DeliveryFilter(organization + 1, null, null, null, false)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DeliveryStatus.class)
    void findsTheSameAmongAllOfAnOrganization(DeliveryStatus status) {
        Map<DeliveryId, DeliveryStatus> expected = oneOfEachKind();

        assertThat(statuses(ofAll(status, null)).keySet())
                .containsExactlyInAnyOrderElementsOf(expected.keySet().stream()
                        .filter(id -> expected.get(id) == status)
                        .toList());
        assertThat(statuses(ofAll(status, "http://nobody"))).isEmpty();
    }

    @Test
    void queuesWhatIsOwedToADeactivatedEndpoint() {
        Map<DeliveryId, DeliveryStatus> before = oneOfEachKind();
        execute(database, "UPDATE endpoint SET state = 'deactivated'");

        Map<DeliveryId, DeliveryStatus> after = statuses(ofAll(null, null));

        before.forEach((id, status) -> assertThat(after.get(id))
                .isEqualTo(
                        Set.of(DeliveryStatus.CREATED, DeliveryStatus.RETRY).contains(status)
                                ? DeliveryStatus.QUEUED
                                : status));
    }

    @Test
    void knowsADeliveryByItsName() {
        Map<DeliveryId, DeliveryStatus> all = oneOfEachKind();
        List<DeliveryId> names = new ArrayList<>(all.keySet());
        names.add(new DeliveryId(names.get(0).eventId(), endpoint, 7));
        names.add(new DeliveryId(names.get(0).eventId(), second, 0));

        assertThat(named(organization, names)).isEqualTo(all);
        assertThat(named(organization + 1, names)).isEmpty();
    }

    @Test
    void retriesWhatFailedNowAndParksWhatIsNotUnderWay() {
        oneOfEachKind();
        QueueRepository queue = new QueueRepository(database);
        assertThat(await(queue.owing(List.of(endpoint, second)).collectList())).containsExactly(endpoint);
        assertThat(due()).as("what was made owed again").isEqualTo(1);

        queue.retryNow(endpoint).block(PATIENCE);
        assertThat(due()).isEqualTo(2);

        execute(database, "UPDATE owed_delivery SET claims = 1 WHERE attempts > 0");
        queue.park(endpoint).block(PATIENCE);
        assertThat(due()).as("what is claimed is under way").isEqualTo(1);
        assertThat(parked()).isEqualTo(3);
    }

    @Test
    void parksAnyNumber() {
        execute(database, """
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
                SELECT %d, event, part, 4711, 0, now() + interval '1 hour'
                  FROM (SELECT gen_random_uuid() AS event FROM generate_series(1, 4001)) AS events,
                       generate_series(0, 2) AS part""".formatted(endpoint));

        new QueueRepository(database).park(endpoint).block(PATIENCE);

        assertThat(parked()).isEqualTo(3 * 4001);
    }

    @Test
    void remembersWhatIsAcknowledged() {
        AcknowledgementRepository acknowledgements = new AcknowledgementRepository(database);
        DeliveryId one = committed(1, endpoint).get(0);
        DeliveryId other = committed(1, endpoint).get(0);

        acknowledgements.acknowledge(one, 1).block(PATIENCE);
        acknowledgements.acknowledge(one, 2).block(PATIENCE);

        assertThat(await(acknowledgements.among(List.of(one, other)))).containsExactly(one);
        assertThat(count(database, "SELECT count(*) FROM acknowledgement")).isOne();
    }

    private static long due() {
        return count(database, "SELECT count(*) FROM owed_delivery WHERE due_at <= now()");
    }

    private static long parked() {
        return count(database, "SELECT count(*) FROM owed_delivery WHERE due_at IS NULL");
    }

    private static Map<DeliveryId, DeliveryStatus> statuses(DeliveryFilter filter) {
        DeliveryPage page = await(list.page(filter, null, 200));
        assertThat(page.next()).isNull();
        Map<DeliveryId, DeliveryStatus> found = new LinkedHashMap<>();
        page.deliveries().forEach(each -> found.put(each.id(), each.status()));
        return found;
    }

    private static Map<DeliveryId, DeliveryStatus> named(long of, List<DeliveryId> names) {
        return await(list.named(of, names).collectMap(FoundDelivery::id, FoundDelivery::status));
    }
}
