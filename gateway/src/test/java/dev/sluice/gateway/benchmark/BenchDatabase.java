package dev.sluice.gateway.benchmark;

import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.postgres.PostgresServer;
import dev.sluice.gateway.rig.postgres.Postmaster;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL a run is made on: the one whose URL was given, in a database of its own; an installed one, started for the
 * run; else the gateway's embedded one.
 */
final class BenchDatabase implements AutoCloseable {
    /** For every server: with one thread for each of its compilers, a JVM on two busy cores takes twice as long to warm up. */
    static final List<String> JVM_OPTIONS = List.of("-XX:CICompilerCount=4");

    /**
     * A server that has run for a while writes into files of its log that it has already; a new one makes each of them
     * first, 16 MB of zeros, while every commit waits.
     */
    private static final String WRITE_LOG_ONCE = """
            DO $$ BEGIN
                FOR part IN 1 .. 512 LOOP
                    PERFORM pg_logical_emit_message(false, 'sluice benchmark', repeat(' ', 8 * 1024 * 1024));
                END LOOP;
            END $$""";

    private static final String DATABASE =
            "sluice_benchmark_" + ProcessHandle.current().pid();

    private final Path directory;
    private final @Nullable PostgresServer server;
    private final @Nullable DatabaseAddress maintenance;

    private BenchDatabase(Path directory, @Nullable PostgresServer server, @Nullable DatabaseAddress maintenance) {
        this.directory = directory;
        this.server = server;
        this.maintenance = maintenance;
    }

    /** Chooses by the system properties {@code sluice.bench.database-url} and {@code sluice.bench.postgres}. */
    static BenchDatabase choose(Path directory) {
        String url = System.getProperty("sluice.bench.database-url", "");
        if (!url.isEmpty()) {
            return external(directory, null, DatabaseAddress.parse(url));
        }
        return PostgresServer.installed()
                .map(PostgresServer::start)
                .map(server -> external(directory, server, server.address()))
                .orElseGet(() -> new BenchDatabase(directory, null, null));
    }

    private static BenchDatabase external(
            Path directory, @Nullable PostgresServer server, DatabaseAddress maintenance) {
        try (EventLogReader reader = EventLogReader.connect(maintenance)) {
            if (server != null) {
                reader.execute(WRITE_LOG_ONCE);
                reader.execute("CHECKPOINT");
            }
            reader.execute("CREATE DATABASE " + DATABASE);
        }
        return new BenchDatabase(directory, server, maintenance);
    }

    /** The gateway's settings for it, with all options of the run. */
    GatewaySetup setup() {
        List<String> options = Arrays.stream(
                        System.getProperty("sluice.bench.gateway-options", "").split(" ", -1))
                .filter(option -> !option.isEmpty())
                .toList();
        return plainSetup().withOptions(JVM_OPTIONS).withOptions(options);
    }

    /** The same with no option but the size of the heap. */
    GatewaySetup plainSetup() {
        GatewaySetup embedded = GatewaySetup.embedded("gateway", directory);
        return maintenance == null
                ? embedded
                : embedded.on(maintenance.withDatabase(DATABASE), directory.resolve("keyset.json"));
    }

    /** Where it is; the embedded one only while the gateway runs. */
    DatabaseAddress address() {
        return maintenance == null
                ? Postmaster.find(directory.resolve("data")).orElseThrow().embeddedAddress()
                : maintenance.withDatabase(DATABASE);
    }

    /**
     * Has all that was written so far brought to disk, as far as the server is the run's own: what one stage leaves in the
     * kernel's memory would be written while the next one runs.
     */
    void settle(EventLogReader reader) {
        if (server != null || maintenance == null) {
            reader.execute("CHECKPOINT");
        }
    }

    /** The first process of the server, 0 when it does not run on this machine. */
    static long postmaster(EventLogReader reader) {
        return ProcessHandle.of(reader.number("SELECT pg_backend_pid()"))
                .flatMap(ProcessHandle::parent)
                .filter(parent -> parent.info().command().orElse("").contains("postgres"))
                .map(ProcessHandle::pid)
                .orElse(0L);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        } else if (maintenance != null) {
            try (EventLogReader reader = EventLogReader.connect(maintenance)) {
                reader.execute("DROP DATABASE " + DATABASE + " WITH (FORCE)");
            }
        }
    }
}
