package dev.sluice.gateway.benchmark;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.LoadProcess;
import dev.sluice.gateway.rig.traffic.ReceiverProcess;
import dev.sluice.gateway.rig.traffic.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Webhook in, notification out, at a rate that is kept whatever the gateway does. */
final class EndToEnd {
    private static final int CONNECTIONS = 256;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(40);
    private static final double FIRST_SHARE = 0.52;
    private static final double STEP = 0.1;
    /** What a minute keeps of what some seconds keep: a checkpoint and a collection take their share only now and then. */
    private static final double LASTING = 0.75;

    private static final double LEAST_SHARE = 0.1;
    private static final double MOST_SHARE = 0.85;

    private final LoadProcess load;
    private final ReceiverProcess receiver;
    private final Target target;
    private final Cpu.Pids pids;
    private final List<Window> windows = new ArrayList<>();
    private long nextId;

    EndToEnd(LoadProcess load, ReceiverProcess receiver, Target target, Cpu.Pids pids) {
        this.load = load;
        this.receiver = receiver;
        this.target = target;
        this.pids = pids;
    }

    /**
     * A rate to be kept for long: three quarters of the highest whose backlog does not grow in some seconds, but no less than
     * what is tried first, if that is kept: a little above half of the ceiling.
     */
    double findRate(double ceiling, Duration step) {
        double share = FIRST_SHARE;
        while (share > LEAST_SHARE && !keeps(ceiling * share, step)) {
            share -= STEP;
        }
        // What was too much is tried once more: the code for it may have been compiled only then.
        while (share + STEP <= MOST_SHARE && keeps(ceiling * (share + STEP), step)) {
            share += STEP;
        }
        double lasting = Math.max(LEAST_SHARE, share) * LASTING;
        return ceiling * (share < FIRST_SHARE ? lasting : Math.max(FIRST_SHARE, lasting));
    }

    private boolean keeps(double rate, Duration step) {
        Window window = run(rate, step);
        System.out.printf(
                "  end to end, offered %,.0f/s: %,.0f/s, backlog %s%n",
                window.offeredPerSecond(),
                window.deliveredPerSecond(),
                window.isFlat() ? "flat" : "grows to " + window.backlogAt(1));
        return window.isFlat();
    }

    /** Sends at that rate and waits until all that was acknowledged has been delivered, or time is up. */
    Window run(double perSecond, Duration duration) {
        Cpu before = pids.now();
        long firstId = nextId;
        int alreadyThere = receiver.distinct();
        Sent sent = load.run(target, new LoadPlan(CONNECTIONS, perSecond, duration, firstId, false));
        nextId += sent.size();
        long acknowledged =
                IntStream.range(0, sent.size()).filter(sent::isAcknowledged).count();
        await("all acknowledged events are delivered")
                .pollInterval(Duration.ofMillis(50))
                .atMost(DRAIN_LIMIT)
                .until(() -> receiver.distinct() - alreadyThere >= acknowledged);
        Received received = receiver.received(firstId, sent.size());
        Window window = new Window(
                perSecond, duration.toNanos() / 1e9, sent, received, pids.now().since(before));
        windows.add(window);
        return window;
    }

    /** All that was run so far. */
    List<Window> windows() {
        return List.copyOf(windows);
    }
}
