package dev.sluice.gateway.delivery.explanation;

import dev.sluice.persistence.delivery.Attempt;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with an attempt that is in the log. */
public final class AttemptWords {
    private static final int REFUSED_MIN = 300;

    private AttemptWords() {}

    /** What went wrong, and what to do about it; null for a success. */
    public static @Nullable String of(Attempt attempt) {
        Integer status = attempt.status();
        return attempt.error() == null && status != null && status >= REFUSED_MIN
                ? StatusWords.of(status)
                : attempt.error();
    }
}
