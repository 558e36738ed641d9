package dev.sluice.gateway.faults;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.EventLogReader;
import dev.sluice.gateway.rig.Gateway;
import dev.sluice.gateway.rig.GatewaySetup;
import dev.sluice.gateway.rig.Ledger;
import dev.sluice.gateway.rig.Load;
import dev.sluice.gateway.rig.LoadPlan;
import dev.sluice.gateway.rig.Postmaster;
import dev.sluice.gateway.rig.PushPayload;
import dev.sluice.gateway.rig.Receiver;
import dev.sluice.gateway.rig.Sightings;
import dev.sluice.gateway.rig.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A gateway under steady load that is killed again and again, with a provider that sends again what was not acknowledged
 * and a callback that now and then refuses. What was sent and what arrived is kept here, outside.
 */
final class LedgerRun implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(90);
    private static final double REFUSED_SHARE = 0.02;
    private static final int CONNECTIONS = 24;
    private static final double KILLED_WHILE_STARTING = 0.2;
    private static final int ACKNOWLEDGED_BETWEEN_MAX = 4_000;
    /** Outcomes are written within milliseconds; a busy disk may hold up a commit for as long as this. */
    private static final long OUTCOME_WRITTEN_MICROS = 3_000_000;

    private final long startMicros = WallClock.micros();
    private final List<String> history = new ArrayList<>();
    private final List<Span> troubles = new ArrayList<>();
    private final Random random;
    private final GatewaySetup setup;
    private final Sightings sightings = new Sightings();
    private final FlakyCallback callback;
    private final Receiver receiver;
    private final Ledger ledger = new Ledger(0);
    private final Gateway.Instance instance;
    private final Load load;
    private final Thread loading;
    private Gateway gateway;

    /** From when to when an outcome may have been in flight as something was killed. */
    private record Span(long fromMicros, long toMicros) {
        boolean has(long micros) {
            return micros >= fromMicros && micros <= toMicros;
        }
    }

    /** Starts everything, load included. */
    LedgerRun(Path directory, long seed, double perSecond) {
        this.random = new Random(seed);
        this.setup = GatewaySetup.embedded("gateway", directory)
                .with("SLUICE_DELIVERY_RETRY_SCHEDULE", "1s,2s,4s,6s,9s,12s,16s,20s,30s,60s");
        note("seed " + seed + ", " + directory);
        this.callback = new FlakyCallback(seed, REFUSED_SHARE);
        this.receiver = Receiver.start(sightings, callback::answer);
        this.gateway = Gateway.start(setup);
        this.instance = provisioned();
        this.load = new Load(
                gateway.target(instance), new LoadPlan(CONNECTIONS, perSecond, Duration.ofHours(1), 0, true), ledger);
        this.loading = new Thread(load, "ledger-load");
        loading.setDaemon(true);
        loading.start();
    }

    private Gateway.Instance provisioned() {
        try {
            gateway.awaitReady(START_LIMIT);
            return gateway.provision("ledger", receiver.url());
        } catch (RuntimeException | Error failed) {
            // Nobody else will: its database would outlive this JVM.
            gateway.close();
            throw failed;
        }
    }

    private void note(String what) {
        String line = String.format("%6.1f s  %s", (WallClock.micros() - startMicros) / 1e6, what);
        history.add(line);
        System.out.println("ledger " + line);
    }

    /** Waits for a random moment, kills, and brings the gateway back where it does not come back by itself. */
    void survive(Fault fault) {
        awaitAcknowledged(1 + random.nextInt(ACKNOWLEDGED_BETWEEN_MAX));
        note("kill " + fault + " at " + ledger.acknowledged() + " acknowledged, " + sightings.distinct()
                + " delivered");
        long since = WallClock.micros();
        switch (fault) {
            case GATEWAY -> restartGateway();
            case POSTGRES -> Postmaster.find(setup.directory()).orElseThrow().kill();
        }
        awaitAcknowledged(1);
        troubles.add(new Span(since - OUTCOME_WRITTEN_MICROS, WallClock.micros()));
        note("acknowledges again");
    }

    private void restartGateway() {
        gateway.kill();
        gateway = Gateway.start(setup);
        if (random.nextDouble() < KILLED_WHILE_STARTING) {
            Duration later = Duration.ofMillis(random.nextInt(5_000));
            long since = System.nanoTime();
            await().atMost(START_LIMIT).until(() -> System.nanoTime() - since >= later.toNanos());
            note("kill GATEWAY again " + later.toMillis() + " ms into its start");
            gateway.kill();
            gateway = Gateway.start(setup);
        }
        note("ready after " + gateway.awaitReady(START_LIMIT).toMillis() + " ms");
    }

    private void awaitAcknowledged(int more) {
        int from = ledger.acknowledged();
        await("webhooks are acknowledged; " + history())
                .pollInterval(Duration.ofMillis(5))
                .atMost(START_LIMIT)
                .until(() -> ledger.acknowledged() >= from + more || !gateway.isAlive());
        if (!gateway.isAlive()) {
            throw new IllegalStateException("the gateway ended by itself; " + history());
        }
    }

    /** Ends the load, lets everything be delivered, and counts. */
    LedgerProof prove() throws InterruptedException {
        load.stop();
        callback.recover();
        loading.join(DRAIN_LIMIT.toMillis());
        note("sent " + ledger.issued() + ", acknowledged " + ledger.acknowledged());
        try (EventLogReader log = EventLogReader.connect(
                Postmaster.find(setup.directory()).orElseThrow().embeddedAddress())) {
            awaitDrained(log);
            PushPayload push = new PushPayload("any: only the body counts");
            LedgerProof proof = LedgerProof.of(
                    ledger.sent(),
                    sightings.received(0, ledger.issued()),
                    log.read(instance.id(), push.blank(), push.idOffset()),
                    micros -> troubles.stream().anyMatch(span -> span.has(micros)));
            note(proof.toString());
            return proof;
        }
    }

    /** Not an assertion: what is missing after that time, the proof says better. */
    private void awaitDrained(EventLogReader log) {
        long since = System.nanoTime();
        await().pollInterval(Duration.ofMillis(200))
                .atMost(DRAIN_LIMIT.multipliedBy(2))
                .until(() -> (sightings.distinct() >= ledger.issued() && unaccounted(log) == 0)
                        || System.nanoTime() - since > DRAIN_LIMIT.toNanos());
        note("delivered " + sightings.distinct() + ", " + unaccounted(log) + " without an end");
    }

    private static long unaccounted(EventLogReader log) {
        return log.number("""
                SELECT (SELECT count(*) FROM owed_delivery)
                     + (SELECT count(*) FROM event
                         WHERE cardinality(endpoint_ids) > 0
                           AND NOT EXISTS (SELECT FROM attempt WHERE event_id = event.id AND ending IS NOT NULL))""");
    }

    /** What happened, for a failure's message. */
    String history() {
        return String.join("\n", history);
    }

    /** What the gateway said, all its lives one after the other. */
    String said() {
        return gateway.said();
    }

    @Override
    public void close() {
        load.stop();
        loading.interrupt();
        gateway.close();
        receiver.close();
    }
}
