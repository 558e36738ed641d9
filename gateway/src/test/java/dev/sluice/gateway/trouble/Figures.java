package dev.sluice.gateway.trouble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** What a run found, beside what it has to be. */
final class Figures {
    private final List<String> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void atMost(String name, double value, double most) {
        add(name, value, "≤ " + most, value <= most);
    }

    void atLeast(String name, double value, double least) {
        add(name, value, "≥ " + least, value >= least);
    }

    private void add(String name, double value, String bound, boolean reached) {
        String line =
                String.format(Locale.ROOT, "| %s | %.2f | %s | %s |", name, value, bound, reached ? "yes" : "**no**");
        System.out.println(line);
        lines.add(line);
    }

    void note(String format, Object... values) {
        String note = "- " + String.format(Locale.ROOT, format, values);
        System.out.println(note);
        notes.add(note);
    }

    /** Writes them as a table, and returns it. */
    String write(Path file) {
        String text = "| figure | value | bound | reached |\n|---|---|---|---|\n" + String.join("\n", lines) + "\n\n"
                + String.join("\n", notes) + "\n";
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return text;
    }

    /** The middle one; the lower of two. */
    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /** The value that 99 % do not pass. */
    static double p99(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * 0.99) - 1)];
    }
}
