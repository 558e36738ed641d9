package dev.sluice.gateway.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.faults.FaultRun;
import dev.sluice.gateway.faults.History;
import dev.sluice.gateway.faults.Installation;
import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.gateway.PreparedJar;
import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.network.HaProxy;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.traffic.Load;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.Receiver;
import dev.sluice.gateway.rig.traffic.Target;
import dev.sluice.gateway.rolling.Restarts.Restart;
import dev.sluice.gateway.rolling.Sending.Mark;
import dev.sluice.gateway.rolling.Sending.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes restarted one after the other behind a real balancer: no sender sees it, no event is lost or sent twice. */
final class RollingRestartIT {
    private static final Path REPORT = Path.of("target", "rolling.md").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration READY_LIMIT = Duration.ofMinutes(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    /** Of what was offered, so much has to be sent, or the run was under less than it says. */
    private static final double KEPT_MIN = 0.98;

    private static final int RESTARTS = Integer.getInteger("sluice.faults.rolling.restarts", 20);
    private static final int PER_SECOND = Integer.getInteger("sluice.faults.rolling.per-second", 1_000);
    private static final int CONNECTIONS = 128;

    /** Longer than the balancer takes to see that a node is not ready; and compiled just enough to start soon. */
    private static final Map<String, String> SETTINGS =
            Map.of("SLUICE_SHUTDOWN_KEEP_ACCEPTING", "5s", "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

    @Test
    void costsTheSenderNothing() throws Exception {
        History history = History.begin("rolling");
        restart(2, new Pace(8, 50), history, Gateway::start);
    }

    /** As the image runs them: from the jar, with an archive of its classes, or starting would take all there is to share. */
    @Tag("faults")
    @Test
    void costsTheSenderNothingTwentyTimes() throws Exception {
        History history = History.begin("rolling-often");
        PreparedJar jar = prepare(history.directory());
        Restarts restarts = restart(RESTARTS, new Pace(CONNECTIONS, PER_SECOND), history, jar::start);
        assertThat(restarts.kept())
                .as(
                        "sent of %s/s offered; see %s, or offer less: -Dsluice.faults.rolling.per-second",
                        PER_SECOND, REPORT)
                .isGreaterThan(KEPT_MIN);
    }

    private static PreparedJar prepare(Path directory) {
        GatewaySetup setup = GatewaySetup.embedded("training", directory.resolve("training"))
                .with("SLUICE_SHUTDOWN_KEEP_ACCEPTING", "0s");
        return PreparedJar.train(directory, setup, gateway -> {
            gateway.awaitReady(READY_LIMIT);
            try (Receiver receiver = Receiver.start(new Sightings(), id -> 200)) {
                Target target = gateway.target(gateway.provision("training", receiver.url()));
                new Load(target, new LoadPlan(4, 100, Duration.ofSeconds(2), 0, false), new Ledger(0)).run();
            }
        });
    }

    private static Restarts restart(int times, Pace pace, History history, Function<GatewaySetup, Gateway> starter)
            throws Exception {
        Path haProxy = HaProxy.program();
        Sightings sightings = new Sightings();
        Ledger ledger = new Ledger(0);
        Restarts restarts = new Restarts(ledger, sightings);
        try (Receiver receiver = Receiver.start(sightings, id -> 200);
                Installation nodes = Installation.sharingDirectly(2, history.directory(), SETTINGS, starter);
                HaProxy balancer = HaProxy.start(haProxy, history.directory(), port(nodes, 0), port(nodes, 1))) {
            Gateway.Instance instance = nodes.node(0).provision("rolling", receiver.url());
            String secret = nodes.target(instance).secret();
            Sending sending = Sending.begin(Target.local(balancer.port(), instance.path(), secret), pace, ledger);
            sending.awaitSteady();
            for (int time = 0; time < times; time++) {
                restarts.add(restart(nodes, time % 2, sending));
                history.note("restarted " + (time + 1) + " times: sent " + ledger.issued() + ", not 2xx so far: "
                        + ledger.refusals());
            }
            sending.end();
            awaitDelivered(ledger, sightings, history);
            assertNothingIsOpen(nodes, history);
            restarts.report(REPORT);
            assertAllAnswered(ledger, nodes, history);
            assertNothingCameTwice(ledger, sightings, history);
            assertThat(restarts.longestStop())
                    .as("SIGTERM to exit; %s", history.whereToLook())
                    .isLessThan(STOP_LIMIT);
        }
        history.forget();
        return restarts;
    }

    private static int port(Installation nodes, int index) {
        return nodes.node(index).setup().port();
    }

    private static Restart restart(Installation nodes, int index, Sending sending) {
        Mark from = sending.mark();
        long began = System.nanoTime();
        nodes.node(index).close();
        Duration stopped = Duration.ofNanos(System.nanoTime() - began);
        Duration ready = Installation.awaitReady(nodes.start(index));
        sending.awaitSteady();
        return new Restart(index, stopped, ready, from, sending.mark());
    }

    private static void assertAllAnswered(Ledger ledger, Installation nodes, History history) {
        assertThat(ledger.issued() - ledger.acknowledged())
                .as(
                        "not answered with 2xx: %s (nodes found the database silent %s times); %s",
                        ledger.refusals(),
                        nodes.said()
                                .lines()
                                .filter(line -> line.contains("Not ready: database"))
                                .count(),
                        history.whereToLook())
                .isZero();
    }

    private static void awaitDelivered(Ledger ledger, Sightings sightings, History history) {
        await("all is delivered; " + history.whereToLook())
                .atMost(LIMIT)
                .until(() -> sightings.distinct() >= ledger.acknowledged());
    }

    private static void assertNothingCameTwice(Ledger ledger, Sightings sightings, History history) {
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
}
