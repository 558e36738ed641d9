package dev.sluice.persistence.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a server running: whenever it ends without being told to, another is started, until this is closed. */
final class ServerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Start start;
    private final ExecutorService thread;
    private volatile Server server;
    private volatile boolean closed;

    /** How a server is started. */
    @FunctionalInterface
    interface Start {
        Server start() throws IOException;
    }

    private ServerWatch(Start start, Server first) {
        this.start = start;
        this.server = first;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread watch = new Thread(work, "postgresql-watch");
            watch.setDaemon(true);
            return watch;
        });
    }

    /** Starts the first server, and watches it. */
    static ServerWatch start(Start start) throws IOException {
        ServerWatch watch = new ServerWatch(start, start.start());
        watch.thread.execute(watch::keepRunning);
        return watch;
    }

    private void keepRunning() {
        try {
            while (!closed) {
                int status = server.process().waitFor();
                if (closed) {
                    return;
                }
                LOG.warn("Embedded PostgreSQL ended with status {}; starting it again.", status);
                restart();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void restart() throws InterruptedException {
        while (!closed) {
            try {
                server = start.start();
                LOG.info("Embedded PostgreSQL is back.");
                return;
            } catch (IOException | RuntimeException failed) {
                LOG.error("Embedded PostgreSQL does not start: {}", failed.getMessage());
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }

    long pid() {
        return server.process().pid();
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        try {
            // A restart under way ends first, or its server would be left running.
            thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }
}
