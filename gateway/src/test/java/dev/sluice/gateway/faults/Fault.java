package dev.sluice.gateway.faults;

import java.time.Duration;

/**
 * Something that goes wrong, and is over when {@link #strike} has returned.
 *
 * @param name for the history
 * @param aftermath how long after it an outcome may still be in flight that was so while it lasted
 * @param strike does it
 */
public record Fault(String name, Duration aftermath, Strike strike) {
    /** How long it takes a writer to give up a connection that has fallen silent, and to write on the next one. */
    static final Duration SILENT_WRITER = Duration.ofSeconds(15);

    /** Outcomes are written within milliseconds; a busy disk may hold up a commit for as long as this. */
    static final Duration OUTCOME_WRITTEN = Duration.ofSeconds(3);

    /** What is done to a run. */
    @FunctionalInterface
    public interface Strike {
        void on(FaultRun run);
    }

    /** One whose aftermath is as short as it gets. */
    public Fault(String name, Strike strike) {
        this(name, OUTCOME_WRITTEN, strike);
    }
}
