package dev.sluice.gateway.invariant;

import dev.sluice.persistence.invariant.HeadOfLine;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Tells lines that stand still from those that move. A long line is no fault: an endpoint takes only so much a second. But
 * whoever is first in it has to be claimed soon.
 */
final class StandingLines {
    private final long stillNanos;
    private final LongSupplier nanoTime;
    private Map<HeadOfLine, Long> firstSeen = Map.of();

    /** @param stillNanos for how long the same delivery is first in a line that stands still */
    StandingLines(long stillNanos, LongSupplier nanoTime) {
        this.stillNanos = stillNanos;
        this.nanoTime = nanoTime;
    }

    /** How many of these lines have stood still, by this reading and those before it. */
    synchronized long count(Collection<HeadOfLine> heads) {
        long now = nanoTime.getAsLong();
        Map<HeadOfLine, Long> before = firstSeen;
        firstSeen = heads.stream()
                .collect(Collectors.toMap(Function.identity(), head -> before.getOrDefault(head, now), Math::min));
        return firstSeen.values().stream()
                .filter(since -> now - since >= stillNanos)
                .count();
    }
}
