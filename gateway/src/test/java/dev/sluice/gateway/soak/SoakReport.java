package dev.sluice.gateway.soak;

import dev.sluice.gateway.chart.LineChart;
import dev.sluice.gateway.chart.LineChart.Line;
import dev.sluice.gateway.chart.LineChart.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run found, as JSON, Markdown and charts.
 *
 * @param circumstances what was run
 * @param struck at which minutes a fault did
 */
record SoakReport(
        Map<String, String> circumstances,
        List<Sample> samples,
        List<Course> courses,
        List<TableCourse> tables,
        List<Double> struck) {

    /** Writes {@code soak.json}, {@code soak.md} and four charts, and returns the text. */
    String write(Path directory) {
        String markdown = markdown();
        try {
            Files.writeString(directory.resolve("soak.md"), markdown);
            Files.writeString(
                    directory.resolve("soak.json"),
                    JsonMapper.builder()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .build()
                            .writeValueAsString(this));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        chart("RSS of the gateway, MB", line("RSS", samples, Sample::rssMegabytes))
                .write(directory.resolve("soak-rss.svg"));
        chart(
                        "Threads, open files and sockets, connections to PostgreSQL",
                        line("threads", samples, Sample::threads),
                        line("files and sockets", samples, Sample::descriptors),
                        line("connections", samples, Sample::connections))
                .write(directory.resolve("soak-handles.svg"));
        chart(
                        "Dead tuples and owed deliveries",
                        line("dead, tables of a day", samples, sample -> sample.dead(true)),
                        line("dead, other tables", samples, sample -> sample.dead(false)),
                        line("owed", samples, Sample::owed))
                .write(directory.resolve("soak-database.svg"));
        List<Sample> undisturbed =
                samples.stream().filter(sample -> !sample.disturbed()).toList();
        chart(
                        "Webhook to callback's answer where no fault struck, ms",
                        line("p50", undisturbed, Sample::p50Millis),
                        line("p99", undisturbed, Sample::p99Millis))
                .write(directory.resolve("soak-latency.svg"));
        return markdown;
    }

    private LineChart chart(String title, Line... lines) {
        return new LineChart(title, List.of(lines), struck);
    }

    private static Line line(String name, List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return new Line(
                name,
                samples.stream()
                        .map(sample -> new Point(sample.minute(), figure.applyAsDouble(sample)))
                        .toList());
    }

    private String markdown() {
        String what = circumstances.entrySet().stream()
                .map(each -> "- " + each.getKey() + ": " + each.getValue() + "\n")
                .collect(Collectors.joining());
        return "# Soak\n\n" + what
                + "\n| after the warm-up | first quarter | last quarter | at most | |\n|---|---|---|---|---|\n"
                + courses.stream().map(course -> course.line() + "\n").collect(Collectors.joining())
                + "\n" + TableCourse.head()
                + tables.stream().map(table -> table.line() + "\n").collect(Collectors.joining());
    }
}
