package dev.sluice.gateway.benchmark;

import dev.sluice.gateway.benchmark.ClosedLoop.Run;
import dev.sluice.gateway.rig.traffic.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A server pushed as hard as it goes, several times. */
final class CeilingStage {
    private static final int CONNECTIONS = 256;
    private static final double FASTER = 1.05;

    private final String name;
    private final Target target;
    private final Cpu.Pids pids;
    private final List<Repetition> repetitions = new ArrayList<>();
    private long nextId;
    private long acknowledged;
    private long failed;
    private int runs;

    private record Repetition(Run run, Cpu cpu) {}

    CeilingStage(String name, Target target, Cpu.Pids pids) {
        this.name = name;
        this.target = target;
        this.pids = pids;
    }

    /** Runs it without counting until it gets no faster, so that the repetitions meet compiled code. */
    void warmUp(ClosedLoop load, Duration atMost) {
        double best = 0;
        int still = 0;
        for (Duration spent = Duration.ZERO;
                still < 2 && spent.compareTo(atMost) < 0;
                spent = spent.plus(Pace.WARM_UP_SLICE)) {
            double perSecond = run(load, Pace.WARM_UP_SLICE).perSecond();
            still = perSecond < best * FASTER ? still + 1 : 0;
            best = Math.max(best, perSecond);
        }
    }

    /** Runs it once more. */
    void repeat(ClosedLoop load, Duration duration) {
        Cpu before = pids.now();
        Run run = run(load, duration);
        Cpu used = pids.now().since(before).withLoad(run.cpuSeconds());
        repetitions.add(new Repetition(run, used));
        System.out.printf("  %-42s %,9.0f/s  foreign %.0f %%%n", name, run.perSecond(), used.foreignPercent());
    }

    private Run run(ClosedLoop load, Duration duration) {
        Run run = load.run(target, CONNECTIONS, duration, nextId);
        runs++;
        nextId = run.nextId();
        acknowledged += run.acknowledged();
        failed += run.failed();
        return run;
    }

    /** How many requests were answered with 2xx so far, warm-up included. */
    long acknowledged() {
        return acknowledged;
    }

    /** At most this many more may have been stored: they were under way when a run ended. */
    long uncertain() {
        return failed + (long) runs * CONNECTIONS;
    }

    Row row() {
        return new Row(
                name,
                median(repetition -> repetition.run().perSecond()),
                median(repetition -> repetition.run().p50Micros() / 1e3),
                median(repetition -> repetition.run().p99Micros() / 1e3),
                Cpu.median(repetitions.stream().map(CeilingStage::perEvent).toList()),
                failed,
                median(repetition -> repetition.cpu().foreignPercent()));
    }

    private static Cpu perEvent(Repetition repetition) {
        return repetition.cpu().perEvent(repetition.run().acknowledged());
    }

    private double median(ToDoubleFunction<Repetition> figure) {
        return Percentiles.median(repetitions.stream().mapToDouble(figure));
    }
}
