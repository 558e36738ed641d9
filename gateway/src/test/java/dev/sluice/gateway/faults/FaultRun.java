package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.network.FaultyLink;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.process.WallClock;
import dev.sluice.gateway.rig.traffic.Receiver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Gateways under steady load that one fault after the other strikes, with a provider that sends again what was not
 * acknowledged and a callback that now and then refuses. Beside it a second instance asks for order. What was sent and what
 * arrived is kept here, outside.
 */
public final class FaultRun implements AutoCloseable {
    /** A short schedule, breaker and timeout: a run shall see many rounds of each. */
    public static final Map<String, String> SETTINGS = Map.of(
            "SLUICE_DELIVERY_RETRY_SCHEDULE", "1s,2s,4s,6s,9s,12s,16s,20s,30s,60s",
            "SLUICE_DELIVERY_TIMEOUT", "3s",
            "SLUICE_DELIVERY_BREAKER_OPEN", "500ms",
            "SLUICE_DELIVERY_BREAKER_OPEN_MAX", "2s");

    /** The same for gateways that are killed and started again: compiled just enough to be ready soon. */
    static final Map<String, String> SETTINGS_OF_SHORT_LIVES = shortLived();

    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);
    private static final double REFUSED_SHARE = 0.02;
    private static final int CONNECTIONS = 24;
    /** Several objects whose webhooks come so often that each has some waiting whenever something is wrong. */
    private static final Traffic.Plan IN_ORDER = new Traffic.Plan(4, 12, 10_000_000, 4);

    private final History history;
    private final Installation installation;
    private final Random random;
    private final Pace pace;
    private final UnrulyCallback callback;
    private final Receiver receiver;
    private final FaultyLink toCallback;
    private final Traffic traffic;
    private final Traffic inOrder;
    private final List<Span> troubles = new ArrayList<>();

    /**
     * How hard it is driven.
     *
     * @param perSecond webhooks
     * @param betweenMax the most webhooks that are acknowledged between two faults
     * @param refusedShare of the notifications, refused by a callback that behaves well otherwise
     */
    public record Pace(double perSecond, int betweenMax, double refusedShare) {
        Pace(double perSecond, int betweenMax) {
            this(perSecond, betweenMax, REFUSED_SHARE);
        }
    }

    /** From when to when an outcome may have been in flight as something went wrong. */
    private record Span(long fromMicros, long toMicros) {
        boolean has(long micros) {
            return micros >= fromMicros && micros <= toMicros;
        }
    }

    private static Map<String, String> shortLived() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        return Map.copyOf(settings);
    }

    /** Puts load on the installation, which is closed with this. */
    public FaultRun(Installation installation, History history, Pace pace) {
        this.installation = installation;
        this.history = history;
        this.random = history.random();
        this.pace = pace;
        this.callback = new UnrulyCallback(history.seed(), pace.refusedShare());
        Sightings sightings = new Sightings();
        Sightings ordered = new Sightings(IN_ORDER.firstId());
        this.receiver = Receiver.start(id -> id < IN_ORDER.firstId() ? sightings : ordered, callback);
        this.toCallback = new FaultyLink(new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.port()));
        this.traffic = begin("ledger", Map.of(), new Traffic.Plan(CONNECTIONS, pace.perSecond(), 0, 1), sightings);
        this.inOrder = begin("in order", Map.of("event.notification.ordering", "object"), IN_ORDER, ordered);
    }

    private Traffic begin(String name, Map<String, String> configuration, Traffic.Plan plan, Sightings sightings) {
        try {
            String url = receiver.url().replace(":" + receiver.port(), ":" + toCallback.port());
            Gateway.Instance instance = installation.node(0).provision(name, url, configuration);
            return new Traffic(installation.target(instance), instance, plan, sightings);
        } catch (RuntimeException | Error failed) {
            installation.close();
            throw failed;
        }
    }

    /** What it loads. */
    public Installation installation() {
        return installation;
    }

    Random random() {
        return random;
    }

    UnrulyCallback callback() {
        return callback;
    }

    /** What lies between the gateways and the callback. */
    public FaultyLink toCallback() {
        return toCallback;
    }

    int chooseNode() {
        return random.nextInt(installation.size());
    }

    /** Writes down what happened. */
    public void note(String what) {
        history.note(what);
    }

    /** Lets time pass while everything goes on. */
    public void pause(Duration time) {
        Waiting.pass(time);
    }

    /** Waits for a random moment, has the fault strike, and waits until webhooks are taken and delivered again. */
    public void survive(Fault fault) {
        awaitProgress(1 + random.nextInt(pace.betweenMax()), 1);
        note(fault.name() + ", at " + traffic.acknowledged() + " acknowledged, " + traffic.delivered() + " delivered");
        long since = WallClock.micros();
        fault.strike().on(this);
        long over = WallClock.micros();
        // A second's worth: what was still on its way when it struck would say nothing.
        awaitProgress((int) pace.perSecond(), (int) pace.perSecond());
        long recovered = WallClock.micros();
        troubles.add(
                new Span(since - micros(Fault.OUTCOME_WRITTEN), Math.max(recovered, over + micros(fault.aftermath()))));
        note("a second's webhooks later: " + (recovered - over) / 1_000 + " ms");
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private void awaitProgress(int acknowledged, int delivered) {
        int acknowledgedMin = traffic.acknowledged() + acknowledged;
        int deliveredMin = traffic.delivered() + delivered;
        await("webhooks are acknowledged and delivered; " + history.whereToLook())
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .atMost(RECOVERY_LIMIT)
                .until(() -> (traffic.acknowledged() >= acknowledgedMin && traffic.delivered() >= deliveredMin)
                        || !installation.isAlive());
        if (!installation.isAlive()) {
            throw new IllegalStateException("a gateway ended by itself; " + history.whereToLook());
        }
    }

    /** Survives one after the other, and then has kept the promise; returns what became of what asks for no order. */
    public LedgerProof proveAfter(List<Fault> faults) throws InterruptedException {
        faults.forEach(this::survive);
        LedgerProof proof = prove();
        assertThat(installation.said()).doesNotContain("OutOfMemoryError");
        return proof;
    }

    /** How many webhooks that ask for no order it has taken in hand so far; they are numbered from 0. */
    public int issued() {
        return traffic.issued();
    }

    /**
     * How long webhooks took, from the time when they were to be sent to their callback's answer, in microseconds and
     * sorted. What has not come yet is left out.
     *
     * @param from the first of them
     * @param to the first that is not among them
     */
    public long[] latencies(int from, int to) {
        return traffic.latencies(from, to);
    }

    /** Ends the load, lets everything be delivered, and counts. */
    private LedgerProof prove() throws InterruptedException {
        traffic.stop();
        inOrder.stop();
        callback.recover();
        traffic.awaitEnd(DRAIN_LIMIT);
        inOrder.awaitEnd(DRAIN_LIMIT);
        note("sent " + traffic.issued() + ", acknowledged " + traffic.acknowledged() + "; in order " + inOrder.issued()
                + ", " + inOrder.acknowledged());
        try (EventLogReader log = EventLogReader.connect(installation.database())) {
            long open = awaitDrained(log);
            LedgerProof ordered = prove(inOrder, log, open);
            LedgerProof proof = prove(traffic, log, open);
            note(proof.toString());
            note("in order: " + ordered);
            proof.assertHolds(history);
            ordered.assertHoldsInOrder(history);
            return proof;
        }
    }

    private LedgerProof prove(Traffic each, EventLogReader log, long open) {
        return each.prove(log, open, micros -> troubles.stream().anyMatch(span -> span.has(micros)));
    }

    /**
     * Waits as long as more and more is delivered: webhooks in order are delivered one after the other, and a busy machine has
     * thousands of them left. Not an assertion: what is missing in the end, the proof says better.
     */
    private long awaitDrained(EventLogReader log) {
        Progress progress = new Progress();
        await().pollInterval(Duration.ofMillis(200))
                .atMost(DRAIN_LIMIT.multipliedBy(5))
                .until(() -> (traffic.isDelivered() && inOrder.isDelivered() && open(log) == 0)
                        || progress.hasStopped(traffic.delivered() + inOrder.delivered()));
        long open = open(log);
        note("delivered " + traffic.delivered() + ", in order " + inOrder.delivered() + ", " + open
                + " without an end");
        return open;
    }

    /** Whether a number still grows. */
    private static final class Progress {
        private int most = -1;
        private long since;

        boolean hasStopped(int number) {
            if (number > most) {
                most = number;
                since = System.nanoTime();
            }
            return System.nanoTime() - since > DRAIN_LIMIT.toNanos();
        }
    }

    /** Deliveries without an end, as the database has it. */
    public static long open(EventLogReader log) {
        return log.number("""
                SELECT (SELECT count(*) FROM owed_delivery)
                     + (SELECT count(*) FROM event
                         WHERE cardinality(endpoint_ids) > 0
                           AND NOT EXISTS (SELECT FROM attempt WHERE event_id = event.id AND ending IS NOT NULL))""");
    }

    @Override
    public void close() {
        traffic.close();
        inOrder.close();
        installation.close();
        toCallback.close();
        receiver.close();
        callback.close();
    }
}
