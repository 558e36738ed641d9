package dev.sluice.gateway.benchmark;

import dev.sluice.gateway.chart.BarChart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a run found: one table of stages, one of the figures that count, and what was checked. */
final class Report {
    private static final List<String> SHARES = List.of("50", "75", "90", "95", "99", "99.9");

    private final Map<String, String> circumstances = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Double> latencies = new LinkedHashMap<>();
    private final List<String> checks = new ArrayList<>();

    /**
     * One number with what it has to be.
     *
     * @param target in words: {@code at least 0.33}
     * @param reached whether it is
     */
    record Figure(String name, double value, String target, boolean reached) {
        static Figure atLeast(String name, double value, double least) {
            return new Figure(name, value, String.format(Locale.ROOT, "at least %.2f", least), value >= least);
        }

        static Figure atMost(String name, double value, double most) {
            return new Figure(name, value, String.format(Locale.ROOT, "at most %.2f", most), value <= most);
        }
    }

    void circumstance(String name, String value) {
        circumstances.put(name, value);
    }

    void add(Row row) {
        rows.add(row);
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    void checked(String what) {
        checks.add(what);
    }

    /** @param sorted how long webhooks took end to end, in microseconds */
    void latencies(long[] sorted) {
        SHARES.forEach(share -> latencies.put("p" + share, Percentiles.of(sorted, Double.parseDouble(share)) / 1e3));
    }

    /** Writes {@code benchmark.json}, {@code benchmark.md} and two charts, and returns the text. */
    String write(Path directory) {
        String markdown = markdown();
        try {
            Files.writeString(directory.resolve("benchmark.md"), markdown);
            Files.writeString(
                    directory.resolve("benchmark.json"),
                    JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(Map.of(
                                    "circumstances", circumstances,
                                    "stages", rows,
                                    "figures", figures,
                                    "latencyMillis", latencies,
                                    "checks", checks)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        new BarChart("Events a second", "%,.0f", bars(rows, Row::stage, Row::perSecond))
                .write(directory.resolve("benchmark-throughput.svg"));
        new BarChart(
                        "Webhook to callback's answer at half of the sustained rate, ms, open loop",
                        "%,.1f",
                        bars(latencies.entrySet(), Map.Entry::getKey, Map.Entry::getValue))
                .write(directory.resolve("benchmark-latency.svg"));
        return markdown;
    }

    private static <T> List<BarChart.Bar> bars(
            Collection<T> figures, Function<T, String> label, ToDoubleFunction<T> value) {
        return figures.stream()
                .map(figure -> new BarChart.Bar(label.apply(figure), value.applyAsDouble(figure)))
                .toList();
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Benchmark\n\n");
        circumstances.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("\n| stage | events/s | p50 ms | p99 ms | µs/event: server | PostgreSQL | load | receiver | failed "
                + "| others' CPU % |\n|---|---|---|---|---|---|---|---|---|---|\n");
        rows.forEach(row -> text.append(line(row)));
        text.append("\n| figure | value | wanted | |\n|---|---|---|---|\n");
        figures.forEach(figure -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %s | %s |%n",
                figure.name(),
                figure.value(),
                figure.target(),
                figure.reached() ? "yes" : "**no**")));
        text.append('\n');
        checks.forEach(check -> text.append("- ").append(check).append('\n'));
        return text.toString();
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f | %d | %.0f |%n",
                row.stage(),
                row.perSecond(),
                row.p50Millis(),
                row.p99Millis(),
                row.cpuMicros().server(),
                row.cpuMicros().postgres(),
                row.cpuMicros().load(),
                row.cpuMicros().receiver(),
                row.failed(),
                row.foreignPercent());
    }
}
