package dev.sluice.gateway.benchmark;

import dev.sluice.gateway.rig.traffic.Target;
import java.time.Duration;

/** Sends the next request as soon as one is answered: finds ceilings, and flatters latencies. */
interface ClosedLoop {

    /**
     * What came of a run.
     *
     * @param acknowledged requests answered with 2xx
     * @param failed requests answered otherwise or not at all
     * @param seconds how long it took
     * @param cpuSeconds what the load generator itself used
     * @param nextId the first id that has not been sent
     */
    record Run(
            long acknowledged,
            long failed,
            double seconds,
            long p50Micros,
            long p99Micros,
            double cpuSeconds,
            long nextId) {
        double perSecond() {
            return acknowledged / seconds;
        }
    }

    /** Sends for that long, ids from the first one on. */
    Run run(Target target, int connections, Duration duration, long firstId);

    /** For the report. */
    String name();
}
