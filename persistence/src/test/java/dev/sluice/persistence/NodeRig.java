package dev.sluice.persistence;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** A node with both its logs, in a database of its own that has an instance with one endpoint. */
public final class NodeRig implements AutoCloseable {
    public final Database database = TestDatabase.create();
    public final long endpoint = Fixture.instanceWithEndpoint(database);
    public final Node node = new Node(database, "test");
    public final EventLog events;
    public final OutcomeLog outcomes = new OutcomeLog(node);

    /** @param writers of the event log */
    public NodeRig(int writers) {
        node.start().block(PATIENCE);
        events = new EventLog(node, Duration.ofDays(3), event -> {}, writers);
        events.start();
        outcomes.start();
    }

    /** Appends an event with the provider's id that is owed to the endpoint. */
    public Mono<Appended> append(String id) {
        return events.append(Fixture.draft(id, List.of(endpoint)), () -> {});
    }

    /** The one delivery of an event that {@link #append} has stored. */
    public DeliveryId delivery(Appended stored) {
        return new DeliveryId(((Appended.Stored) stored).event().id(), endpoint, 0);
    }

    /** Appends such an event, which must be none that is known; its delivery. */
    public DeliveryId committed(String id) {
        return delivery(await(append(id)));
    }

    /** How many events of its epoch have an outcome to come. */
    public int unaccounted() {
        return Objects.requireNonNull(node.epoch()).watermark().unaccounted();
    }

    @Override
    public void close() {
        outcomes.close();
        events.close();
        node.close();
        database.close();
    }
}
