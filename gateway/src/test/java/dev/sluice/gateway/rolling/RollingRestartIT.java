package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.EventLogReader;
import dev.sluice.gateway.rig.Gateway;
import dev.sluice.gateway.rig.HaProxy;
import dev.sluice.gateway.rig.Ledger;
import dev.sluice.gateway.rig.Load;
import dev.sluice.gateway.rig.LoadPlan;
import dev.sluice.gateway.rig.Received;
import dev.sluice.gateway.rig.Receiver;
import dev.sluice.gateway.rig.Sightings;
import dev.sluice.gateway.rig.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes restarted one after the other behind a real balancer: no sender sees it, no event is lost or sent twice. */
final class RollingRestartIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LOAD_MAX = Duration.ofMinutes(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    /** Longer than the balancer takes to see that a node is not ready; and compiled just enough to start soon. */
    private static final Map<String, String> SETTINGS =
            Map.of("SLUICE_SHUTDOWN_KEEP_ACCEPTING", "5s", "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

    @Test
    void costsTheSenderNothing() throws Exception {
        restart("rolling", 2, new Pace(8, 50));
    }

    @Tag("faults")
    @Test
    void costsTheSenderNothingTwentyTimes() throws Exception {
        restart("rolling-often", 20, new Pace(32, Integer.getInteger("sluice.faults.rolling.per-second", 1_000)));
    }

    /**
     * What is sent meanwhile.
     *
     * @param connections of the sender to the balancer
     * @param perSecond webhooks, on schedule whatever the answers do
     */
    private record Pace(int connections, int perSecond) {}

    private static void restart(String name, int times, Pace pace) throws Exception {
        Path haProxy = HaProxy.program();
        History history = History.begin(name);
        Sightings sightings = new Sightings();
        try (Receiver receiver = Receiver.start(sightings, id -> 200);
                Installation nodes = Installation.sharing(2, history.directory(), SETTINGS);
                HaProxy balancer = HaProxy.start(haProxy, history.directory(), port(nodes, 0), port(nodes, 1))) {
            Gateway.Instance instance = nodes.node(0).provision("rolling", receiver.url());
            Ledger ledger = new Ledger(0);
            String secret = nodes.target(instance).secret();
            Sending sending = Sending.begin(Target.local(balancer.port(), instance.path(), secret), pace, ledger);
            for (int time = 0; time < times; time++) {
                sending.awaitASecondsMore();
                restart(nodes, time % 2, history);
                history.note(sending.figures());
            }
            sending.awaitASecondsMore();
            sending.end();
            assertNothingMissedOrRepeated(ledger, sightings, history);
            assertNothingIsOpen(nodes, history);
        }
        history.forget();
    }

    private static int port(Installation nodes, int index) {
        return nodes.node(index).setup().port();
    }

    private static void restart(Installation nodes, int index, History history) {
        long began = System.nanoTime();
        nodes.node(index).close();
        Duration stopped = Duration.ofNanos(System.nanoTime() - began);
        Duration ready = Installation.awaitReady(nodes.start(index));
        history.note("node " + index + ": " + stopped.toMillis() + " ms from SIGTERM to exit, " + ready.toMillis()
                + " ms from start to ready");
        assertThat(stopped).as("SIGTERM to exit; %s", history.whereToLook()).isLessThan(STOP_LIMIT);
    }

    private static void assertNothingMissedOrRepeated(Ledger ledger, Sightings sightings, History history) {
        assertThat(ledger.issued() - ledger.acknowledged())
                .as("not answered with 2xx: %s; %s", ledger.refusals(), history.whereToLook())
                .isZero();
        await("all is delivered; " + history.whereToLook())
                .atMost(LIMIT)
                .until(() -> sightings.distinct() >= ledger.issued());
        Received received = sightings.received(0, ledger.issued());
        assertThat(IntStream.range(0, received.size()).map(received::times).sum())
                .as("delivered, repeats included; %s", history.whereToLook())
                .isEqualTo(ledger.issued());
    }

    private static void assertNothingIsOpen(Installation nodes, History history) {
        try (EventLogReader log = EventLogReader.connect(nodes.database())) {
            await("all deliveries have an end; " + history.whereToLook())
                    .atMost(LIMIT)
                    .until(() -> FaultRun.open(log) == 0);
        }
    }

    /** A sender at work on a thread of its own. */
    private record Sending(Load load, Thread thread, Ledger ledger, Pace pace) {

        static Sending begin(Target target, Pace pace, Ledger ledger) {
            Load load =
                    new Load(target, new LoadPlan(pace.connections(), pace.perSecond(), LOAD_MAX, 0, false), ledger);
            Thread thread = new Thread(load, "load");
            thread.setDaemon(true);
            thread.start();
            return new Sending(load, thread, ledger, pace);
        }

        void awaitASecondsMore() {
            int before = ledger.issued();
            await().atMost(LIMIT).until(() -> ledger.issued() >= before + pace.perSecond());
        }

        String figures() {
            return "sent " + ledger.issued() + ", not 2xx so far: " + ledger.refusals();
        }

        void end() throws InterruptedException {
            load.stop();
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).as("still sending").isFalse();
        }
    }
}
