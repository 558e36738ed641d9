package dev.sluice.gateway.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.process.WallClock;
import dev.sluice.gateway.rig.traffic.Load;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.Target;
import java.time.Duration;

/** A sender at work on a thread of its own, on schedule whatever the answers do. */
record Sending(Load load, Thread thread, Ledger ledger, Pace pace) {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration LOAD_MAX = Duration.ofHours(1);

    /**
     * What is sent.
     *
     * @param connections of the sender to the balancer, each with one request at a time: enough for those that wait while
     *     nodes are slow, or the sender falls behind its schedule
     * @param perSecond webhooks offered
     */
    record Pace(int connections, int perSecond) {}

    /**
     * How far it has come.
     *
     * @param atMicros when
     * @param offered how many the schedule has wanted by then
     * @param issued how many of these it has sent
     */
    record Mark(long atMicros, long offered, int issued) {}

    static Sending begin(Target target, Pace pace, Ledger ledger) {
        Load load = new Load(target, new LoadPlan(pace.connections(), pace.perSecond(), LOAD_MAX, 0, false), ledger);
        Thread thread = new Thread(load, "load");
        thread.setDaemon(true);
        thread.start();
        return new Sending(load, thread, ledger, pace);
    }

    /**
     * Waits until a second's webhooks more were sent, and the sender is where its schedule wants it: nothing has been left
     * waiting by what was done before.
     */
    void awaitSteady() {
        int before = ledger.issued();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(ledger.issued() >= before + pace.perSecond() && isOnSchedule())
                        .as(
                                "offered %s, sent %s, not 2xx so far %s",
                                load.offered(), ledger.issued(), ledger.refusals())
                        .isTrue());
    }

    private boolean isOnSchedule() {
        return load.offered() - ledger.issued() <= Math.max(1, pace.perSecond() / 100)
                && ledger.refusals().getOrDefault(0L, 0L) <= Math.max(8, pace.perSecond() / 10);
    }

    Mark mark() {
        return new Mark(WallClock.micros(), load.offered(), ledger.issued());
    }

    void end() throws InterruptedException {
        load.stop();
        thread.join(LIMIT.toMillis());
        assertThat(thread.isAlive()).as("still sending").isFalse();
    }
}
