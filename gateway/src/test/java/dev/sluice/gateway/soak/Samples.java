package dev.sluice.gateway.soak;

import dev.sluice.gateway.benchmark.Percentiles;
import dev.sluice.gateway.faults.FaultRun;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at a gateway and its database every ten seconds, past the gateway, until it is closed. */
final class Samples implements AutoCloseable {
    static final Duration PERIOD = Duration.ofSeconds(10);

    private static final String CONNECTIONS = """
            SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()""";
    private static final String OWED = "SELECT count(*) FROM owed_delivery";
    /** What was under way as a fault struck has its end by then, and its sample is two periods late. */
    private static final Duration AFTERMATH = Duration.ofSeconds(40);

    private final FaultRun run;
    private final Path process;
    private final EventLogReader database;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> taking;
    private final List<Sample> taken = new ArrayList<>();
    private final long since = System.nanoTime();
    private volatile long disturbedUntil = since;
    private int measuredUntil;
    private int issuedBefore;

    /** Begins. */
    Samples(FaultRun run) {
        this.run = run;
        this.process =
                Path.of("/proc", String.valueOf(run.installation().node(0).pid()));
        this.database = EventLogReader.connect(run.installation().database());
        this.taking = clock.scheduleAtFixedRate(this::take, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    /** Has the fault strike; what is measured meanwhile and just after it is marked. */
    double during(Runnable fault) {
        disturbedUntil = Long.MAX_VALUE;
        double minute = minute();
        try {
            fault.run();
        } finally {
            disturbedUntil = System.nanoTime() + AFTERMATH.toNanos();
        }
        return minute;
    }

    /** Since it began. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private double minute() {
        return (System.nanoTime() - since) / 60e9;
    }

    private void take() {
        int issued = run.issued();
        // Those of the last ten seconds may still be on their way.
        long[] latencies = run.latencies(measuredUntil, issuedBefore);
        Sample sample = new Sample(
                minute(),
                status("VmRSS") / 1024.0,
                Math.toIntExact(status("Threads")),
                descriptors(),
                database.number(CONNECTIONS),
                TableState.all(database),
                database.number(OWED),
                (issued - issuedBefore) / (double) PERIOD.toSeconds(),
                Percentiles.of(latencies, 50) / 1e3,
                Percentiles.of(latencies, 99) / 1e3,
                System.nanoTime() < disturbedUntil);
        measuredUntil = issuedBefore;
        issuedBefore = issued;
        synchronized (taken) {
            taken.add(sample);
        }
    }

    private long status(String name) {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private int descriptors() {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return Math.toIntExact(open.count());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** What the database's files take, log and indexes included. */
    long databaseBytes() {
        try (EventLogReader reader = EventLogReader.connect(run.installation().database())) {
            return reader.number("SELECT pg_database_size(current_database())");
        }
    }

    /** All so far. */
    List<Sample> taken() {
        if (taking.isDone()) {
            throw new IllegalStateException("the last sample could not be taken (expected: one every " + PERIOD + ")");
        }
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        database.close();
    }
}
