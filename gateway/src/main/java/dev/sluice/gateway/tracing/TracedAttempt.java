package dev.sluice.gateway.tracing;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is over.
 *
 * @param from when it began
 * @param status the callback's, null without an answer
 * @param failure a word for why it failed, null when it did not
 */
public record TracedAttempt(
        Step step,
        Instant from,
        Duration elapsed,
        @Nullable Integer status,
        @Nullable String failure) {}
