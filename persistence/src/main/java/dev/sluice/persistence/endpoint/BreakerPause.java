package dev.sluice.persistence.endpoint;

import java.time.Duration;

/**
 * How long breakers stay open: twice as long with each opening in a row, up to a limit, spread by a tenth either way.
 *
 * @param first of an endpoint that was well before, above 0
 * @param longest at least {@code first}
 */
public record BreakerPause(Duration first, Duration longest) {
    long firstMicros() {
        return first.toNanos() / 1_000;
    }

    long longestMicros() {
        return longest.toNanos() / 1_000;
    }
}
