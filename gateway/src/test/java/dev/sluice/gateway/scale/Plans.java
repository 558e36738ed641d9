package dev.sluice.gateway.scale;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The plans by which the server runs the gateway's statements, as it writes them into its log. */
final class Plans {
    /** From the sixth run on, the server may take one plan for all parameters. */
    private static final int RUNS = 8;

    private static final String BEGIN = "  plan:\n";
    private static final List<String> ON = List.of(
            "SET session_preload_libraries = 'auto_explain'",
            "SET auto_explain.log_min_duration = 0",
            "SET auto_explain.log_analyze = on",
            "SET auto_explain.log_buffers = on");

    private final Path log;

    /** @param log where the server writes it */
    Plans(Path log) {
        this.log = log;
    }

    /** Sessions that begin from now on write their plans into the log. */
    static void on(Session session) {
        String database = session.text("SELECT current_database()");
        session.run("LOAD 'auto_explain'");
        ON.forEach(setting -> session.run("ALTER DATABASE " + database + " " + setting));
    }

    /** No longer. */
    static void off(Session session) {
        session.run("ALTER DATABASE " + session.text("SELECT current_database()") + " RESET ALL");
    }

    /** What the gateway asks for by itself, again and again: none of it is a list's. */
    Set<String> ofNobody(Duration meanwhile) {
        long before = size();
        await().pollDelay(meanwhile).until(() -> true);
        return plansFrom(before).stream().map(Plans::statement).collect(Collectors.toSet());
    }

    /** Each statement that the last of some runs of the form was made of, with its plan. */
    List<String> of(ListForm form, Caller caller) {
        for (int run = 1; run < RUNS; run++) {
            caller.ask(form.path().apply(run));
        }
        long before = size();
        caller.ask(form.path().apply(RUNS));
        return plansFrom(before);
    }

    private long size() {
        try {
            return Files.size(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> plansFrom(long position) {
        try {
            byte[] all = Files.readAllBytes(log);
            String said = new String(all, (int) position, all.length - (int) position, StandardCharsets.UTF_8);
            return Arrays.stream(said.split("(?m)^(?=\\d{4}-\\d\\d-\\d\\d )"))
                    .filter(entry -> entry.contains(BEGIN))
                    .map(entry -> entry.substring(entry.indexOf(BEGIN) + BEGIN.length())
                            .replaceAll("(?m)^\t", "")
                            .replaceAll("'\\{[^'{}]{99,}}'", "'{…}'")
                            .strip())
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The texts of those statements that every request runs: finding out who calls. */
    static Set<String> common(Collection<List<String>> requests) {
        Set<String> common = new HashSet<>();
        requests.stream().findFirst().ifPresent(first -> first.forEach(plan -> common.add(statement(plan))));
        requests.forEach(
                plans -> common.retainAll(plans.stream().map(Plans::statement).toList()));
        return common;
    }

    /** The statement's text; what follows is the plan. */
    static String statement(String plan) {
        return plan.replaceFirst("(?s)\n[A-Z][A-Za-z ]+(?: on [^\n]*| using [^\n]*)?  \\(cost=.*", "");
    }
}
