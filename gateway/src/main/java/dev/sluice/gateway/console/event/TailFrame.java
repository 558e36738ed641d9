package dev.sluice.gateway.console.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a live list shows at a moment.
 *
 * @param part the newest events
 * @param counts how many there have been by the minute, of the last few; empty where nobody counts such
 * @param fresh how many of the lines are new since the frame before
 * @param received how many events there have been since the frame before; as many as {@code fresh} where nobody counts
 */
record TailFrame(EventLists.Part part, Map<Instant, Long> counts, long fresh, long received) {

    /** As it was found, with nothing known from before. */
    static TailFrame first(EventLists.Part part, Map<Instant, Long> counts) {
        return new TailFrame(part, counts, 0, 0);
    }

    List<EventLine> lines() {
        return part.lines();
    }

    /** The next frame, told apart from this one. */
    TailFrame then(TailFrame next) {
        Set<String> known = lines().stream().map(EventLine::id).collect(Collectors.toSet());
        long more =
                next.lines().stream().filter(each -> !known.contains(each.id())).count();
        return new TailFrame(next.part, next.counts, more, Math.max(more, counted(next)));
    }

    private long counted(TailFrame next) {
        return next.counts.entrySet().stream()
                .mapToLong(each -> Math.max(0, each.getValue() - counts.getOrDefault(each.getKey(), 0L)))
                .sum();
    }

    /**
     * Whether more has come than is shown: as long as a line from before is among them, nothing is left out. The two numbers
     * alone would not tell, because they are not read at the very same moment.
     */
    boolean sampled() {
        return fresh == ListHandler.SIZE && (received > fresh || counts.isEmpty());
    }

    /** What to say of it when it is sampled. */
    String pace() {
        if (!sampled()) {
            return "";
        }
        String which = received > fresh ? fresh + " of " + received : "the newest " + fresh + " of more";
        return "Showing " + which + " events in the last second: more come than can be read.";
    }
}
