package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.NodeRig;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.LineRepository.Most;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An endpoint that ordered events are owed to, in a database of its own. */
final class LinesRig implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(30);

    private final NodeRig rig = new NodeRig(2);
    final Database database = rig.database;
    final long endpoint = rig.endpoint;
    final OutcomeLog outcomes = rig.outcomes;
    final OwedDeliveryRepository owed = new OwedDeliveryRepository(database);
    final LineRepository lines = new LineRepository(database);

    /** Nothing is owed, and the endpoint's breaker is closed. */
    void oweNothing() {
        execute(database, "DELETE FROM owed_delivery");
        execute(database, "UPDATE endpoint SET breaker = 'closed', breaker_due_at = NULL, probed_event_id = NULL");
    }

    @Override
    public void close() {
        rig.close();
    }

    void end(ClaimedDelivery claim, Ending ending) {
        // Whoever claims sets the others aside: what ends then has to find them.
        await(lines.setAside(endpoint, DuePosition.FIRST));
        assertThat(await(outcomes.record(new Outcome.ClaimEnded(claim, attempt(claim, ending)))))
                .isEqualTo(Recorded.WRITTEN);
    }

    List<ClaimedDelivery> claim(int limit) {
        return await(lines.claimFirst(endpoint, DuePosition.FIRST, LEASE, most(limit)))
                .claims();
    }

    static Most most(int count) {
        return new Most(count, true);
    }

    static List<DeliveryId> ids(List<ClaimedDelivery> claims) {
        return claims.stream().map(ClaimedDelivery::id).toList();
    }

    /** Appends an ordered event of these objects; its deliveries. */
    List<DeliveryId> append(String... objectIds) {
        EventDraft plain = Fixture.draft("any", List.of(endpoint));
        EventDraft draft = new EventDraft(
                plain.organizationId(),
                plain.instanceId(),
                plain.endpointIds(),
                plain.contentType(),
                plain.headers(),
                plain.body(),
                Stream.of(objectIds).map(Fixture::item).toList(),
                new Dedupe.ByWebhook(List.of()),
                null,
                true);
        CommittedEvent event = ((Appended.Stored) await(rig.events.append(draft, () -> {}))).event();
        return IntStream.range(0, event.parts())
                .mapToObj(part -> new DeliveryId(event.id(), endpoint, part))
                .toList();
    }

    List<DeliveryId> inOrderOfPositions() {
        return await(database.client()
                .sql("SELECT * FROM owed_delivery ORDER BY position")
                .map(DeliveryId::of)
                .all()
                .collectList());
    }

    int unaccounted() {
        return rig.unaccounted();
    }

    Attempt attempt(ClaimedDelivery claim, @Nullable Ending ending) {
        return new Attempt(
                claim.id(),
                claim.attempts() + 1,
                rig.node().clock().now(),
                ending == Ending.DELIVERED ? "success" : "refused",
                ending,
                ending == Ending.DELIVERED ? 200 : 500,
                Duration.ofMillis(12),
                null,
                null);
    }
}
