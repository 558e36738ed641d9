package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.network.FaultyLink;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.process.Signal;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** The faults there are. What is left to chance comes from the run's seed. */
public final class Faults {
    /** Past the lease of whatever was under way, and the beat of an epoch that others would take over. */
    private static final Duration PAST_THE_LEASE = Duration.ofSeconds(20);

    private static final Duration START_KILLED_WITHIN = Duration.ofSeconds(5);
    private static final double KILLED_WHILE_STARTING = 0.2;

    /** After ten silent seconds; the rest is for a busy machine. */
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofMinutes(1);

    private static final String NOT_TAKEN_OVER = "SELECT count(*) FROM epoch WHERE recovered_at IS NULL";

    private Faults() {}

    /** Kills a gateway and starts it again; now and then once more while it starts. */
    static Fault killGateway() {
        return new Fault("kill gateway", run -> {
            int index = run.chooseNode();
            run.installation().node(index).kill();
            Gateway again = run.installation().start(index);
            if (run.random().nextDouble() < KILLED_WHILE_STARTING) {
                Duration later = Duration.ofMillis(run.random().nextInt((int) START_KILLED_WITHIN.toMillis()));
                run.pause(later);
                run.note("killed again " + later.toMillis() + " ms into its start");
                again.kill();
                again = run.installation().start(index);
            }
            run.note("ready after " + Installation.awaitReady(again).toMillis() + " ms");
        });
    }

    /** Kills a gateway, and starts it again only after another one has taken over what it had in hand. */
    static Fault killGatewayForAnother() {
        return new Fault("kill gateway until another takes over", run -> {
            int index = run.chooseNode();
            run.installation().node(index).kill();
            try (EventLogReader database =
                    EventLogReader.connect(run.installation().database())) {
                await("the other has taken over")
                        .atMost(TAKEN_OVER_WITHIN)
                        .until(() -> database.number(NOT_TAKEN_OVER)
                                == run.installation().size() - 1);
            }
            run.note("taken over");
            Installation.awaitReady(run.installation().start(index));
        });
    }

    /** Stops a gateway in order, which takes no longer than that, and starts it again. */
    static Fault stopGateway(Duration limit) {
        return new Fault("stop gateway", run -> {
            int index = run.chooseNode();
            long began = System.nanoTime();
            run.installation().node(index).close();
            Duration stopped = Duration.ofNanos(System.nanoTime() - began);
            run.note(stopped.toMillis() + " ms from SIGTERM to exit, ready "
                    + Installation.awaitReady(run.installation().start(index)).toMillis() + " ms after its start");
            assertThat(stopped).as("SIGTERM to exit").isLessThanOrEqualTo(limit);
        });
    }

    /** Kills PostgreSQL; whoever runs it starts it again. */
    static Fault killPostgres() {
        return new Fault(
                "kill PostgreSQL", run -> run.installation().postmaster().kill());
    }

    /** Shuts PostgreSQL down in order, with all sessions ended; whoever runs it starts it again. */
    static Fault restartPostgres() {
        return new Fault(
                "restart PostgreSQL",
                run -> Signal.INT.to(run.installation().postmaster().pid()));
    }

    /** Stops a gateway's process for so long that others take over what it holds, and lets it go on. */
    static Fault pauseGateway() {
        return new Fault("pause gateway", Fault.SILENT_WRITER, run -> {
            long pid = run.installation().node(run.chooseNode()).pid();
            Signal.STOP.to(pid);
            try {
                run.pause(PAST_THE_LEASE);
            } finally {
                Signal.CONT.to(pid);
            }
        });
    }

    /** Resets all connections of a link. */
    public static Fault reset(String where, Function<FaultRun, FaultyLink> link) {
        return new Fault("reset connections " + where, run -> link.apply(run).reset());
    }

    /** Resets all connections of a link, and all new ones for a while. */
    public static Fault cut(String where, Function<FaultRun, FaultyLink> link, Duration longest) {
        return lasting("cut connections " + where, Fault.OUTCOME_WRITTEN, link, longest, FaultyLink::cut);
    }

    /** Nothing gets through a link for a while, then all. */
    public static Fault stall(String where, Function<FaultRun, FaultyLink> link, Duration longest) {
        return lasting("stall connections " + where, Fault.SILENT_WRITER, link, longest, FaultyLink::stall);
    }

    /** Everything takes longer on a link for a while. */
    public static Fault delay(String where, Function<FaultRun, FaultyLink> link, Duration by, Duration longest) {
        return lasting(
                "delay connections by " + by.toMillis() + " ms " + where,
                Fault.SILENT_WRITER,
                link,
                longest,
                chosen -> chosen.delay(by));
    }

    /** All connections of a link fall silent for ever, and neither side is told. */
    static Fault halfOpen(String where, Function<FaultRun, FaultyLink> link) {
        return new Fault(
                "half-open connections " + where,
                Fault.SILENT_WRITER,
                run -> link.apply(run).forgetConnections());
    }

    private static Fault lasting(
            String name,
            Duration aftermath,
            Function<FaultRun, FaultyLink> link,
            Duration longest,
            Consumer<FaultyLink> begin) {
        return new Fault(name, aftermath, run -> {
            FaultyLink chosen = link.apply(run);
            begin.accept(chosen);
            try {
                run.pause(Duration.ofMillis(1 + run.random().nextInt((int) longest.toMillis())));
            } finally {
                chosen.clear();
            }
        });
    }

    /** The callback misbehaves for a while. */
    public static Fault unruly(UnrulyCallback.Manner manner, Duration duration) {
        return new Fault("callback " + manner, run -> {
            run.callback().behave(manner);
            run.pause(duration);
            run.callback().behave(UnrulyCallback.Manner.WELL);
        });
    }
}
