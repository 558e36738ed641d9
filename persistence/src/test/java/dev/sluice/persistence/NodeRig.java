package dev.sluice.persistence;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A node with both its logs, in a database of its own that has an instance with one endpoint. The node may reach that through
 * a proxy; whoever looks at {@link #database} does not.
 */
public final class NodeRig implements AutoCloseable {
    /** The node's, in all its runs. */
    public static final String NAME = "test";

    private static final int POOLED_BEHIND_PROXY = 2;

    public final Database database;
    public final long endpoint;
    public final EventLog events;
    public final OutcomeLog outcomes;
    /** What the event log handed on, in its order. */
    public final Queue<CommittedEvent> handedOn = new ConcurrentLinkedQueue<>();

    private final @Nullable CuttingProxy proxy;
    private final Database reached;
    private Node node;

    /** @param writers of the event log */
    public NodeRig(int writers) {
        this(TestDatabase.create(), null, writers);
    }

    /** One whose connections all go through a proxy. */
    public static NodeRig behindProxy(int writers) {
        Database database = TestDatabase.create();
        return new NodeRig(database, new CuttingProxy(database.address()), writers);
    }

    private NodeRig(Database database, @Nullable CuttingProxy proxy, int writers) {
        this.database = database;
        this.proxy = proxy;
        reached = proxy == null ? database : new Database(proxy.address(), POOLED_BEHIND_PROXY);
        endpoint = Fixture.instanceWithEndpoint(database);
        node = new Node(reached, NAME);
        node.start().block(PATIENCE);
        events = new EventLog(node, Duration.ofDays(3), handedOn::add, writers);
        events.start();
        outcomes = new OutcomeLog(node);
        outcomes.start();
    }

    /** The run that is going on. */
    public Node node() {
        return node;
    }

    /** Only where there is one. */
    public CuttingProxy proxy() {
        return Objects.requireNonNull(proxy);
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

    /** Its first attempt, which succeeds now. */
    public Attempt delivered(DeliveryId delivery) {
        return new Attempt(
                delivery, 1, node.clock().now(), "success", Ending.DELIVERED, 200, Duration.ofMillis(3), null, null);
    }

    /** How many events of its epoch have an outcome to come. */
    public int unaccounted() {
        return Objects.requireNonNull(node.epoch()).watermark().unaccounted();
    }

    /** What is in memory is gone, and the node beats no more. */
    public void crash() {
        outcomes.close();
        events.close();
        node.close();
    }

    /** The node's next run, without logs and without a proxy: it has taken over the former runs when this returns. */
    public void startAgain() {
        node.close();
        node = new Node(database, NAME);
        node.start().block(PATIENCE);
    }

    @Override
    public void close() {
        crash();
        if (proxy != null) {
            reached.close();
            proxy.close();
        }
        database.close();
    }
}
