package dev.sluice.gateway.benchmark;

import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.LoadProcess;
import dev.sluice.gateway.rig.traffic.Target;
import java.time.Duration;
import java.util.stream.IntStream;

/** The rig's own load generator, where {@code wrk} is missing. */
final class OwnClosedLoop implements ClosedLoop {
    private final LoadProcess load;

    OwnClosedLoop(LoadProcess load) {
        this.load = load;
    }

    @Override
    public Run run(Target target, int connections, Duration duration, long firstId) {
        double cpuBefore = CpuClock.seconds(load.pid());
        Sent sent = load.run(target, new LoadPlan(connections, 0, duration, firstId, false));
        long[] latencies = IntStream.range(0, sent.size())
                .filter(sent::isAcknowledged)
                .mapToLong(row -> sent.answeredMicros(row) - sent.intendedMicros(row))
                .sorted()
                .toArray();
        return new Run(
                latencies.length,
                sent.size() - latencies.length,
                duration.toNanos() / 1e9,
                Percentiles.of(latencies, 50),
                Percentiles.of(latencies, 99),
                CpuClock.seconds(load.pid()) - cpuBefore,
                firstId + sent.size());
    }

    @Override
    public String name() {
        return "own";
    }
}
