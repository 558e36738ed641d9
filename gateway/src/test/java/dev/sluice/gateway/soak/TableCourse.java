package dev.sluice.gateway.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one table went after the warm-up. Dead tuples are a sawtooth: what tells is not how many there are, but whether
 * autovacuum comes as soon as its settings say.
 *
 * @param first its state as the warm-up ended
 * @param last its state at the end
 * @param deadMost at any time between
 * @param longestDue how long at a stretch it had more dead tuples than autovacuum lets gather, and none came
 */
record TableCourse(TableState first, TableState last, long deadMost, Duration longestDue) {
    /** Autovacuum looks every 15 s, but has three workers, which may all be at tables of gigabytes for a minute or two. */
    private static final Duration DUE_MAX = Duration.ofMinutes(3);

    /** What became of each table, those with the most dead tuples first. */
    static List<TableCourse> of(List<Sample> samples) {
        Map<String, List<TableState>> byName = new TreeMap<>();
        samples.forEach(sample -> sample.tables()
                .forEach(table -> byName.computeIfAbsent(table.name(), name -> new ArrayList<>())
                        .add(table)));
        return byName.values().stream()
                .map(TableCourse::ofOne)
                .sorted((one, other) -> Long.compare(other.deadMost, one.deadMost))
                .toList();
    }

    private static TableCourse ofOne(List<TableState> states) {
        int due = 0;
        int longest = 0;
        long vacuums = states.get(0).vacuums();
        for (TableState state : states) {
            // A table that is written all the time has too many again soon after each.
            due = state.vacuumIsDue() && state.vacuums() == vacuums ? due + 1 : 0;
            longest = Math.max(longest, due);
            vacuums = state.vacuums();
        }
        return new TableCourse(
                states.get(0),
                states.get(states.size() - 1),
                states.stream().mapToLong(TableState::dead).max().orElseThrow(),
                Samples.PERIOD.multipliedBy(longest));
    }

    boolean holds() {
        return longestDue.compareTo(DUE_MAX) <= 0;
    }

    static String head() {
        return """
                | table | rows | dead | dead at most | vacuum comes at | came | was due for, s | MB after warm-up | MB | |
                |---|---|---|---|---|---|---|---|---|---|
                """;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %,d | %d | %d | %.1f | %.1f | %s |",
                last.name(),
                last.live(),
                last.dead(),
                deadMost,
                last.allowed(),
                last.vacuums() - first.vacuums(),
                longestDue.toSeconds(),
                first.bytes() / 1e6,
                last.bytes() / 1e6,
                holds() ? "yes" : "**no**");
    }
}
