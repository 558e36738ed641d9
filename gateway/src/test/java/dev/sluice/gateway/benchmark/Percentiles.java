package dev.sluice.gateway.benchmark;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Exact ones: every sample is kept. */
public final class Percentiles {
    private Percentiles() {}

    /** The value that {@code percent} of the sorted samples do not pass; 0 of none. */
    public static long of(long[] sorted, double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    /** The middle one; the lower of two. */
    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(sorted.length - 1) / 2];
    }

    /** The samples in order. */
    public static long[] sorted(long[] samples) {
        long[] copy = samples.clone();
        Arrays.sort(copy);
        return copy;
    }
}
