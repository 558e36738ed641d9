package dev.sluice.gateway.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run found: a table of all forms of lists, and the plans of their statements. */
final class ScaleReport {
    private final Map<String, String> circumstances = new LinkedHashMap<>();
    private final List<Measured> rows = new ArrayList<>();
    private final Map<ListForm, List<String>> plans = new LinkedHashMap<>();

    void circumstance(String name, String value) {
        circumstances.put(name, value);
    }

    List<Measured> rows() {
        return List.copyOf(rows);
    }

    void add(Measured row) {
        rows.add(row);
    }

    void add(ListForm form, List<String> statements) {
        plans.put(form, statements);
    }

    /** Writes {@code scale.md} and returns what of it is not plans. */
    String write(Path directory) {
        String table = table();
        try {
            Files.writeString(directory.resolve("scale.md"), table + plans());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return table;
    }

    private String table() {
        StringBuilder text = new StringBuilder("# Lists at scale\n\n");
        circumstances.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append(
                "\n| list | returned, + where more follows | samples | p50 ms | p99 ms | |\n|---|---|---|---|---|---|\n");
        rows.forEach(row -> text.append(row.line()));
        return text.append('\n').toString();
    }

    private String plans() {
        Set<String> common = Plans.common(plans.values());
        StringBuilder text = new StringBuilder("## Plans\nEvery request first runs what finds out who calls:\n\n");
        plans.values().stream()
                .findFirst()
                .ifPresent(first -> first.stream()
                        .filter(plan -> common.contains(Plans.statement(plan)))
                        .forEach(plan -> append(text, plan)));
        text.append("| list | read besides | buffers |\n|---|---|---|\n");
        plans.forEach((form, statements) ->
                text.append(PlanFigures.of(own(statements, common)).line(form)));
        plans.forEach((form, statements) -> {
            text.append("\n### ").append(form.name()).append("\n\n");
            own(statements, common).forEach(plan -> append(text, plan));
        });
        return text.toString();
    }

    private static List<String> own(List<String> statements, Set<String> common) {
        return statements.stream()
                .filter(plan -> !common.contains(Plans.statement(plan)))
                .toList();
    }

    private static void append(StringBuilder text, String plan) {
        text.append("```\n").append(plan).append("\n```\n\n");
    }
}
