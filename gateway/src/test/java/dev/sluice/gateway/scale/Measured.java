package dev.sluice.gateway.scale;

import dev.sluice.gateway.benchmark.Percentiles;
import dev.sluice.gateway.scale.Caller.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What one form of list took, sample by sample. */
record Measured(ListForm form, List<Answer> answers) {
    private static final double LIST_LIMIT_MILLIS = 20;
    private static final double PAGE_LIMIT_MILLIS = 50;

    private static final int SAMPLES_A_TURN = 50;
    private static final Duration TURN_MAX = Duration.ofMillis(400);
    private static final int SAMPLES_A_TURN_MIN = 2;
    private static final int WARM_UPS = 4;

    Measured {
        answers = List.copyOf(answers);
    }

    /** Asks a few times, so that what comes first is not measured. */
    static void warmUp(ListForm form, Caller caller) {
        IntStream.range(0, WARM_UPS).forEach(round -> caller.ask(form.path().apply(round)));
    }

    /** Before the first turn. */
    static Measured nothing(ListForm form) {
        return new Measured(form, List.of());
    }

    /** A turn more: asks 50 times, less often where that would take long. */
    Measured more(Caller caller) {
        List<Answer> asked = new ArrayList<>(answers);
        long started = System.nanoTime();
        for (int sample = 0;
                sample < SAMPLES_A_TURN
                        && (sample < SAMPLES_A_TURN_MIN || System.nanoTime() - started < TURN_MAX.toNanos());
                sample++) {
            asked.add(caller.ask(form.path().apply(asked.size())));
        }
        return new Measured(form, asked);
    }

    /** Whether each answer was a page, or a list, none found, or a word that it would be too long. */
    boolean isAnswered() {
        List<Integer> wanted = form.isPage() ? List.of(200) : List.of(200, 404, 400);
        return answers.stream().allMatch(answer -> wanted.contains(answer.status()));
    }

    double millis(double percent) {
        return Percentiles.of(
                        Percentiles.sorted(
                                answers.stream().mapToLong(Answer::nanos).toArray()),
                        percent)
                / 1e6;
    }

    boolean isWithinLimit() {
        return millis(99) <= limitMillis();
    }

    private double limitMillis() {
        return form.isPage() ? PAGE_LIMIT_MILLIS : LIST_LIMIT_MILLIS;
    }

    String line() {
        Answer last = answers.get(answers.size() - 1);
        return String.format(
                Locale.ROOT,
                "| %s | %s%s | %d | %.1f | %.1f | %s |%n",
                form.name(),
                last.status() == 200 ? "" : last.status() + " ",
                last.returned() < 0 ? "" : last.returned() + (last.more() ? " +" : ""),
                answers.size(),
                millis(50),
                millis(99),
                isWithinLimit() ? "" : "**over %.0f**".formatted(limitMillis()));
    }
}
