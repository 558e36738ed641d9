package dev.sluice.gateway.rig;

import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An installed PostgreSQL on a fresh data directory, as an operator would run it: fsync on, 1 GB of buffers. It refuses to
 * run as root, so root runs it as {@code postgres}.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String USER = "sluice";

    private final Path directory;
    private final Process process;
    private final int port;

    private PostgresServer(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /** Starts the server whose programs are in that directory. */
    public static PostgresServer start(Path programs) {
        try {
            Path directory = ownedDirectory();
            initialise(programs, directory);
            int port = FreePort.find();
            Process server = command(directory, line(programs, directory.resolve("data"), port))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly, "end-postgres"));
            PostgresServer started = new PostgresServer(directory, server, port);
            await("PostgreSQL accepts connections, see " + directory)
                    .atMost(START_LIMIT)
                    .ignoreExceptions()
                    .until(started::answers);
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path ownedDirectory() throws IOException {
        Path directory = Files.createTempDirectory("sluice-postgres");
        if (isRoot()) {
            UserPrincipal postgres =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            Files.setOwner(directory, postgres);
        }
        return directory;
    }

    private static void initialise(Path programs, Path directory) throws IOException {
        Process initdb = command(
                        directory,
                        programs.resolve("initdb").toString(),
                        "-D",
                        directory.resolve("data").toString(),
                        "-U",
                        USER,
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C")
                .start();
        if (initdb.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("initdb: exit " + initdb.exitValue() + " (expected: 0), see " + directory);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String[] line(Path programs, Path data, int port) {
        return new String[] {
            programs.resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            String.valueOf(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=" + data,
            "-c",
            "shared_buffers=1GB",
            "-c",
            "max_wal_size=8GB",
            "-c",
            "max_connections=200"
        };
    }

    private static ProcessBuilder command(Path directory, String... words) {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        line.addAll(List.of(words));
        return new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("server.log").toFile()));
    }

    private boolean answers() {
        try (EventLogReader reader = EventLogReader.connect(address())) {
            return reader.number("SELECT 1") == 1;
        }
    }

    /** Where it listens. */
    public DatabaseAddress address() {
        return new DatabaseAddress("127.0.0.1", port, "postgres", USER, "none");
    }

    /** Stops it at once and removes its data. */
    @Override
    public void close() {
        try {
            // SIGTERM lets clients finish; all of them have gone by now.
            process.destroy();
            if (!process.waitFor(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
