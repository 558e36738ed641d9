package dev.sluice.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server, from its start to its end. */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(5);
    private static final int POLL_MILLIS = 20;

    private final Process process;
    private final Cluster cluster;
    private final ServerBinaries binaries;

    private Server(Process process, Cluster cluster, ServerBinaries binaries) {
        this.process = process;
        this.cluster = cluster;
        this.binaries = binaries;
    }

    /**
     * Starts the server and waits until it takes connections; recovery after a crash counts as starting. A server left by
     * a killed gateway is stopped first: its settings and port were another's.
     */
    static Server start(Cluster cluster, ServerBinaries binaries, int port, Path log) throws IOException {
        clear(cluster, binaries);
        cluster.configure(port);
        Process process = ServerProgram.start(
                List.of(
                        binaries.program("postgres").toString(),
                        "-D",
                        cluster.directory().toString()),
                log);
        Server server = new Server(process, cluster, binaries);
        try {
            server.awaitReady(log);
            return server;
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** Leaves no process in the cluster, and nothing that says there is one. */
    static void clear(Cluster cluster, ServerBinaries binaries) throws IOException {
        Residents residents = new Residents(cluster);
        if (!residents.find().isEmpty()) {
            stop(cluster, binaries, LEFTOVER_PATIENCE);
        }
        residents.awaitNone(LEFTOVER_PATIENCE);
        residents.clearStaleFile();
    }

    private void awaitReady(Path log) throws IOException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isReady()) {
            if (endsWithin(POLL_MILLIS)) {
                throw new EmbeddedDatabaseException("embedded PostgreSQL ended with status " + process.exitValue()
                        + " while starting: " + ServerProgram.tail(Files.readString(log)));
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedDatabaseException("embedded PostgreSQL is not ready after "
                        + START_PATIENCE.toMinutes() + " minutes, see " + log);
            }
        }
    }

    /** The first line of the process file is the process, the eighth its state. */
    private boolean isReady() throws IOException {
        if (!Files.exists(cluster.processFile())) {
            return false;
        }
        List<String> lines = Files.readString(cluster.processFile()).lines().toList();
        return lines.size() >= 8
                && lines.get(0).strip().equals(Long.toString(process.pid()))
                && "ready".equals(lines.get(7).strip());
    }

    private boolean endsWithin(int millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("interrupted while embedded PostgreSQL started", interrupted);
        }
    }

    Process process() {
        return process;
    }

    /** Ends sessions and server, its data written; back when it is gone. */
    void stop() {
        try {
            stop(cluster, binaries, STOP_PATIENCE);
            new Residents(cluster).awaitNone(LEFTOVER_PATIENCE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void stop(Cluster cluster, ServerBinaries binaries, Duration patience) throws IOException {
        try {
            ServerProgram.run(List.of(
                    binaries.program("pg_ctl").toString(),
                    "stop",
                    "--pgdata=" + cluster.directory(),
                    "--mode=fast",
                    "--wait",
                    "--timeout=" + patience.toSeconds(),
                    "--silent"));
        } catch (EmbeddedDatabaseException goneOrStuck) {
            // The wait that follows kills what is stuck; the log is written ahead, so that loses nothing.
            LOG.debug("Embedded PostgreSQL was not there to stop, or did not stop.", goneOrStuck);
        }
    }
}
