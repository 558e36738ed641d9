package dev.sluice.gateway.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.benchmark.Report.Figure;
import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.postgres.EventLogReader.Stored;
import dev.sluice.gateway.rig.traffic.PushPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** {@code mvn -q -Pbench verify}. Fails when something was lost, doubled or changed; a slow machine only gets its numbers. */
@Tag("benchmark")
final class BenchmarkIT {
    private static final Path DIRECTORY = Path.of("target", "benchmark").toAbsolutePath();

    private static final String ONE_INSERT = "one INSERT a request";
    private static final String PGLZ_INSERT = "one INSERT a request, pglz";
    private static final PushPayload PUSH = new PushPayload("any: only the body counts");

    private final Report report = new Report();

    @Test
    void measuresTheHotPath() throws IOException {
        emptyDirectory();
        try (Bench bench = new Bench(DIRECTORY)) {
            describe(bench);
            double durable = ceilings(bench);
            endToEnd(bench, durable);
            assertThat(bench.gateway().said()).doesNotContain("OutOfMemoryError");
        }
        System.out.println(report.write(Path.of("target")));
        FileSystemUtils.deleteRecursively(DIRECTORY.resolve("data"));
    }

    private static void emptyDirectory() throws IOException {
        FileSystemUtils.deleteRecursively(DIRECTORY);
        Files.createDirectories(DIRECTORY);
    }

    private void describe(Bench bench) {
        report.circumstance("PostgreSQL", bench.log().text("SELECT version()"));
        report.circumstance("body column", bench.log().text(Column.DESCRIPTION));
        report.circumstance(
                "machine",
                Runtime.getRuntime().availableProcessors()
                        + " processors, shared by load generator, server, PostgreSQL " + "and receiver");
        report.circumstance(
                "Java",
                System.getProperty("java.vm.version") + ", gateway "
                        + bench.gateway().setup().options());
        report.add(Figure.atMost(
                "ready after JVM start, seconds", bench.readyAfter().toMillis() / 1e3, 5));
    }

    private double ceilings(Bench bench) {
        Gateway.Instance instance = bench.gateway().provision("without callback", null);
        String secret = bench.gateway().target(instance).secret();
        boolean compressed = "lz4".equals(bench.log().text(Column.DESCRIPTION));
        bench.log().execute(Column.ONE_INSERT_TABLE);
        bench.log().execute(Column.ONE_INSERT_TABLE_PGLZ);
        ClosedLoop load = WrkClosedLoop.installed()
                .<ClosedLoop>map(program -> WrkClosedLoop.prepare(program, DIRECTORY, secret))
                .orElseGet(() -> new OwnClosedLoop(bench.load()));
        report.circumstance("closed loop", load.name() + ", 256 connections");
        CeilingStage durable;
        List<CeilingStage> stages = new ArrayList<>();
        try (ReferenceProcess bare = bench.reference(Reference.BARE, secret);
                ReferenceProcess verify = bench.reference(Reference.VERIFY, secret);
                ReferenceProcess insert = bench.reference(Reference.INSERT, secret)) {
            stages.add(new CeilingStage("bare WebFlux handler", bare.target(), bench.pids(bare.pid())));
            stages.add(new CeilingStage("verify and normalise only", verify.target(), bench.pids(verify.pid())));
            stages.add(new CeilingStage(ONE_INSERT, insert.target(), bench.pids(insert.pid())));
            if (compressed) {
                stages.add(new CeilingStage(PGLZ_INSERT, insert.pglzTarget(), bench.pids(insert.pid())));
            }
            durable = new CeilingStage(
                    "durable ingest with deduplication",
                    bench.gateway().target(instance),
                    bench.pids(bench.gateway().pid()));
            stages.add(durable);
            measure(load, stages, durable);
        }
        stages.forEach(stage -> report.add(stage.row()));
        ratios(stages, durable, compressed);
        checkDurable(bench, instance, durable);
        return durable.row().perSecond();
    }

    /** In turns, so that what else the machine does meets all of them. */
    private static void measure(ClosedLoop load, List<CeilingStage> stages, CeilingStage durable) {
        stages.forEach(
                stage -> stage.warmUp(load, stage.equals(durable) ? Pace.GATEWAY_WARM_UP_MAX : Pace.WARM_UP_MAX));
        for (int repetition = 0; repetition < Pace.REPETITIONS; repetition++) {
            stages.forEach(stage -> stage.repeat(load, Pace.REPETITION));
        }
    }

    private void ratios(List<CeilingStage> stages, CeilingStage durableStage, boolean compressed) {
        double bare = stages.get(0).row().perSecond();
        double durable = durableStage.row().perSecond();
        report.add(Figure.atLeast(
                "verify and normalise ÷ bare", stages.get(1).row().perSecond() / bare, 0.7));
        report.add(Figure.atLeast("durable ingest ÷ bare", durable / bare, compressed ? 0.33 : 0.15));
        report.add(Figure.atLeast(
                "durable ingest ÷ " + ONE_INSERT, durable / stages.get(2).row().perSecond(), 2.5));
        if (compressed) {
            report.add(Figure.atLeast(
                    "durable ingest ÷ " + PGLZ_INSERT,
                    durable / stages.get(3).row().perSecond(),
                    3));
        }
    }

    private void checkDurable(Bench bench, Gateway.Instance instance, CeilingStage durable) {
        Stored stored = bench.log().read(instance.id(), PUSH.blank(), PUSH.idOffset());
        report.checked(String.format(
                Locale.ROOT,
                "durable ingest: %,d acknowledged, %,d stored, each id once, every body byte-equal",
                durable.acknowledged(),
                stored.rows()));
        assertThat(stored.unequal()).isZero();
        assertThat(stored.repeated()).isZero();
        assertThat(stored.rows())
                .isBetween(
                        Math.toIntExact(Math.min(durable.acknowledged(), 1_000_000)),
                        Math.toIntExact(durable.acknowledged() + durable.uncertain()));
    }

    private void endToEnd(Bench bench, double durable) {
        Gateway.Instance instance =
                bench.gateway().provision("with callback", bench.receiver().url());
        EndToEnd endToEnd = new EndToEnd(
                bench.load(),
                bench.receiver(),
                bench.gateway().target(instance),
                bench.pids(bench.gateway().pid()));
        for (double share : List.of(0.15, 0.3, 0.45)) {
            endToEnd.run(durable * share, Pace.DELIVERY_WARM_UP);
        }
        double rate = endToEnd.findRate(durable, Pace.SEARCH_STEP);
        Window sustained = endToEnd.run(rate, Pace.SUSTAINED);
        report.add(row("end to end, sustained " + Pace.SUSTAINED.toSeconds() + " s", List.of(sustained)));
        report.circumstance(
                "backlog while sustained",
                sustained.backlogAt(0.25) + " after a quarter, " + sustained.backlogAt(0.5) + " after half, "
                        + sustained.backlogAt(1) + " at the end: " + (sustained.isFlat() ? "flat" : "growing"));
        report.add(Figure.atLeast(
                "end to end, sustained with a flat backlog ÷ durable ingest",
                sustained.isFlat() ? sustained.deliveredPerSecond() / durable : 0,
                0.5));
        bench.settle();
        endToEnd.run(rate / 2, Pace.DELIVERY_WARM_UP);
        latency(endToEnd, rate / 2);
        checkEndToEnd(bench, instance, endToEnd);
    }

    private void latency(EndToEnd endToEnd, double perSecond) {
        List<Window> windows = IntStream.range(0, Pace.LATENCY_WINDOWS)
                .mapToObj(number -> endToEnd.run(perSecond, Pace.LATENCY_WINDOW))
                .toList();
        Row row = row("end to end at half of that, open loop", windows);
        report.add(row);
        report.latencies(windows.stream()
                .flatMapToLong(window -> LongStream.of(window.latencies()))
                .sorted()
                .toArray());
        report.add(Figure.atMost("receipt → callback answered at half load, p50 ms", row.p50Millis(), 3));
        report.add(Figure.atMost("receipt → callback answered at half load, p99 ms", row.p99Millis(), 15));
    }

    private static Row row(String name, List<Window> windows) {
        return new Row(
                name,
                median(windows, Window::deliveredPerSecond),
                median(windows, window -> Percentiles.of(window.latencies(), 50) / 1e3),
                median(windows, window -> Percentiles.of(window.latencies(), 99) / 1e3),
                Cpu.median(windows.stream().map(BenchmarkIT::perEvent).toList()),
                windows.stream().mapToLong(Window::refused).sum(),
                median(windows, window -> window.cpu().foreignPercent()));
    }

    private static Cpu perEvent(Window window) {
        return window.cpu().perEvent(window.sent().size());
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> figure) {
        return Percentiles.median(windows.stream().mapToDouble(figure));
    }

    private void checkEndToEnd(Bench bench, Gateway.Instance instance, EndToEnd endToEnd) {
        Stored stored = bench.log().read(instance.id(), PUSH.blank(), PUSH.idOffset());
        long acknowledged = endToEnd.windows().stream()
                .mapToLong(window -> window.sent().size() - window.refused())
                .sum();
        long lost = endToEnd.windows().stream().mapToLong(Window::lost).sum();
        long repeated = endToEnd.windows().stream().mapToLong(Window::repeated).sum();
        report.checked(String.format(
                Locale.ROOT,
                "end to end: %,d acknowledged, %,d stored, %,d not delivered, %,d delivered more than once, every body "
                        + "byte-equal",
                acknowledged,
                stored.rows(),
                lost,
                repeated));
        assertThat(stored.unequal()).isZero();
        assertThat(stored.repeated()).isZero();
        assertThat(lost).isZero();
        assertThat(repeated).isZero();
        assertThat(bench.receiver().strange()).isZero();
        assertThat((long) stored.rows()).isGreaterThanOrEqualTo(acknowledged);
    }
}
