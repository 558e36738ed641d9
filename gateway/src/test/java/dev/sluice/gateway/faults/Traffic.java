package dev.sluice.gateway.faults;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.postgres.EventLogReader.Stored;
import dev.sluice.gateway.rig.traffic.Load;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.PushPayload;
import dev.sluice.gateway.rig.traffic.PushRequest;
import dev.sluice.gateway.rig.traffic.Target;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** What one instance is sent, by a provider that sends again what was not acknowledged, and what of it its callback got. */
final class Traffic implements AutoCloseable {
    private final Gateway.Instance instance;
    private final int objects;
    private final Ledger ledger;
    private final Sightings sightings;
    private final Load load;
    private final Thread loading;

    /**
     * How it is sent.
     *
     * @param connections at once
     * @param perSecond webhooks
     * @param firstId ids are counted from here
     * @param objects how many the webhooks are of, in turn: 1 to 16
     */
    record Plan(int connections, double perSecond, long firstId, int objects) {}

    /** Begins to send. */
    Traffic(Target target, Gateway.Instance instance, Plan plan, Sightings sightings) {
        this.instance = instance;
        this.objects = plan.objects();
        this.ledger = new Ledger(plan.firstId());
        this.sightings = sightings;
        this.load = new Load(
                target,
                new LoadPlan(plan.connections(), plan.perSecond(), Duration.ofDays(1), plan.firstId(), true),
                ledger,
                objects == 1
                        ? new PushRequest(target.secret(), target.path())
                        : PushRequest.ofObjects(target.secret(), target.path(), objects));
        this.loading = new Thread(load, "load-from-" + plan.firstId());
        loading.setDaemon(true);
        loading.start();
    }

    int acknowledged() {
        return ledger.acknowledged();
    }

    int issued() {
        return ledger.issued();
    }

    int delivered() {
        return sightings.distinct();
    }

    boolean isDelivered() {
        return delivered() >= issued();
    }

    /**
     * How long webhooks took, from the time when they were to be sent to their callback's answer, in microseconds and
     * sorted. What has not come yet is left out.
     *
     * @param from the first of them, from 0 on
     * @param to the first that is not among them
     */
    long[] latencies(int from, int to) {
        Sent sent = ledger.sent(from, to);
        Received received = sightings.received(sent.firstId(), to - from);
        return IntStream.range(0, to - from)
                .filter(row -> received.times(row) > 0)
                .mapToLong(row -> received.answeredMicros(row) - sent.intendedMicros(row))
                .sorted()
                .toArray();
    }

    /** Nothing new is sent from now on. */
    void stop() {
        load.stop();
    }

    /** Waits until all was acknowledged. */
    void awaitEnd(Duration limit) throws InterruptedException {
        loading.join(limit.toMillis());
    }

    /**
     * Lays ledger, log and callback side by side.
     *
     * @param open deliveries without an end, as the database has it
     * @param inFlight whether what was answered at that time, in microseconds, may have been in flight at a fault
     */
    LedgerProof prove(EventLogReader log, long open, LongPredicate inFlight) {
        LedgerProof.Ends ends = new LedgerProof.Ends(open, inFlight);
        return LedgerProof.of(
                ledger.sent(), sightings.received(ledger.firstId(), ledger.issued()), stored(log), objects, ends);
    }

    /** Each body is that of one of the objects, but for its id. */
    private Stored stored(EventLogReader log) {
        List<Stored> each = payloads().stream()
                .map(payload -> log.read(instance.id(), payload.blank(), payload.idOffset()))
                .toList();
        Stored first = each.get(0);
        int equal = each.stream()
                .mapToInt(stored -> stored.rows() - stored.unequal())
                .sum();
        return new Stored(first.rows(), first.ids(), first.repeated(), first.rows() - equal);
    }

    private List<PushPayload> payloads() {
        String secret = "any: only the body counts";
        return objects == 1
                ? List.of(new PushPayload(secret))
                : IntStream.range(0, objects)
                        .mapToObj(number -> PushPayload.ofObject(secret, number))
                        .toList();
    }

    @Override
    public void close() {
        load.stop();
        loading.interrupt();
    }
}
