package dev.sluice.gateway.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How one figure went: the median of its first quarter after the warm-up beside that of the last, so that neither a fault
 * nor a vacuum decides.
 *
 * @param most what the last may be
 */
record Course(String name, double first, double last, double most) {

    /**
     * @param samples after the warm-up
     * @param factor by which it may grow
     * @param slack and by how much besides: a figure that is small jumps
     */
    static Course of(String name, List<Sample> samples, ToDoubleFunction<Sample> figure, double factor, double slack) {
        int quarter = Math.max(1, samples.size() / 4);
        double first = median(samples.stream().limit(quarter), figure);
        double last = median(samples.stream().skip(Math.max(0, samples.size() - quarter)), figure);
        return new Course(name, first, last, first * factor + slack);
    }

    /** The same of a sawtooth, by the least value of each quarter: whether all is taken away again, whenever that is. */
    static Course ofFloor(
            String name, List<Sample> samples, ToDoubleFunction<Sample> figure, double factor, double slack) {
        int quarter = Math.max(1, samples.size() / 4);
        double first = least(samples.stream().limit(quarter), figure);
        double last = least(samples.stream().skip(Math.max(0, samples.size() - quarter)), figure);
        return new Course(name, first, last, first * factor + slack);
    }

    private static double least(Stream<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.mapToDouble(figure).min().orElse(Double.NaN);
    }

    private static double median(Stream<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.mapToDouble(figure).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    boolean holds() {
        return last <= most;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %,.1f | %,.1f | %,.1f | %s |",
                name,
                first,
                last,
                most,
                holds() ? "yes" : "**no**");
    }
}
