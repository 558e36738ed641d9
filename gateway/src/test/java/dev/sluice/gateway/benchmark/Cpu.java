package dev.sluice.gateway.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * CPU seconds by who used them.
 *
 * @param server the one under test
 * @param machine everybody, foreign work included
 * @param wall the time it took
 */
record Cpu(double server, double postgres, double load, double receiver, double machine, double wall) {

    /**
     * Whose time is counted; 0 for who is not there.
     *
     * @param postmaster its children are counted with it
     */
    record Pids(long server, long postmaster, long load, long receiver) {
        Cpu now() {
            return new Cpu(
                    CpuClock.seconds(server),
                    CpuClock.treeSeconds(postmaster),
                    CpuClock.seconds(load),
                    CpuClock.seconds(receiver),
                    CpuClock.machineSeconds(),
                    System.nanoTime() / 1e9);
        }
    }

    Cpu since(Cpu earlier) {
        return new Cpu(
                server - earlier.server,
                postgres - earlier.postgres,
                load - earlier.load,
                receiver - earlier.receiver,
                machine - earlier.machine,
                wall - earlier.wall);
    }

    /** The same with the load generator's time as it reported it itself. */
    Cpu withLoad(double seconds) {
        return new Cpu(server, postgres, seconds, receiver, machine, wall);
    }

    /** What others used meanwhile, in percent of one core. */
    double foreignPercent() {
        return Math.max(0, (machine - server - postgres - load - receiver) / wall * 100);
    }

    /** The medians of each column. */
    static Cpu median(List<Cpu> samples) {
        return new Cpu(
                median(samples, Cpu::server),
                median(samples, Cpu::postgres),
                median(samples, Cpu::load),
                median(samples, Cpu::receiver),
                median(samples, Cpu::machine),
                median(samples, Cpu::wall));
    }

    private static double median(List<Cpu> samples, ToDoubleFunction<Cpu> column) {
        return Percentiles.median(samples.stream().mapToDouble(column));
    }

    /** Shared out over that many events, in microseconds each. */
    Cpu perEvent(long events) {
        double micros = events == 0 ? 0 : 1e6 / events;
        return new Cpu(
                server * micros, postgres * micros, load * micros, receiver * micros, machine * micros, wall * micros);
    }
}
