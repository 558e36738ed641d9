package dev.sluice.gateway.rig.postgres;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sluice.gateway.rig.process.FreePort;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An installed PostgreSQL, as an operator would run it: fsync on, 1 GB of buffers. It refuses to run as root, so root runs
 * it as {@code postgres}.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    /** Much that was written since the last checkpoint is written out first. */
    private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

    private static final String USER = "sluice";
    private static final String LOG = "server.log";

    private final Path directory;
    private final boolean kept;
    private final Process process;
    private final int port;

    private PostgresServer(Path directory, boolean kept, Process process, int port) {
        this.directory = directory;
        this.kept = kept;
        this.process = process;
        this.port = port;
    }

    /**
     * Where the programs are that {@code -Dsluice.bench.postgres} names by a directory or by a version that Debian
     * installed; empty when it is not given.
     */
    public static Optional<Path> installed() {
        String given = System.getProperty("sluice.bench.postgres", "");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Path programs = given.matches("\\d+") ? Path.of("/usr/lib/postgresql", given, "bin") : Path.of(given);
        if (!Files.isExecutable(programs.resolve("postgres"))) {
            throw new IllegalStateException("sluice.bench.postgres: no postgres in " + programs
                    + " (expected: a version Debian installed, or the directory of its programs)");
        }
        return Optional.of(programs);
    }

    /** The programs of PostgreSQL 15 as Debian installs them; without them tests are skipped, but not in CI, which does so. */
    public static Path debian() {
        Path programs = Path.of("/usr/lib/postgresql/15/bin");
        if (!Files.isExecutable(programs.resolve("postgres")) || !Files.isExecutable(programs.resolve("pg_dump"))) {
            String missing = "PostgreSQL 15 is not installed (expected: postgres and pg_dump in " + programs + ")";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        return programs;
    }

    /** Starts the server whose programs are in that directory, on data of its own that is gone when it is closed. */
    public static PostgresServer start(Path programs) {
        return start(programs, List.of());
    }

    /** The same with settings besides or instead of the usual ones. */
    public static PostgresServer start(Path programs, List<String> settings) {
        try {
            return start(programs, Files.createTempDirectory("sluice-postgres"), false, settings);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Starts it on data that stays: made when it is not there yet.
     *
     * @param settings as in {@code fsync=off}, besides or instead of the usual ones
     */
    public static PostgresServer startOn(Path directory, Path programs, List<String> settings) {
        try {
            return start(programs, Files.createDirectories(directory), true, settings);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static PostgresServer start(Path programs, Path directory, boolean kept, List<String> settings)
            throws IOException {
        if (!Files.exists(directory.resolve("data"))) {
            giveToPostgres(directory);
            initialise(programs, directory);
        }
        int port = FreePort.find();
        Process server = command(directory, line(programs, directory.resolve("data"), port, settings))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly, "end-postgres"));
        PostgresServer started = new PostgresServer(directory, kept, server, port);
        await("PostgreSQL accepts connections, see " + directory)
                .atMost(START_LIMIT)
                .ignoreExceptions()
                .until(started::answers);
        return started;
    }

    /** A directory that its programs may write to; it stays. */
    public static Path directoryOfItsOwn(String name) {
        try {
            Path directory = Files.createTempDirectory(name);
            giveToPostgres(directory);
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs one of its programs there, as the user that it runs as; all it says is in the log of that directory. */
    public static void run(Path directory, List<String> line) {
        try {
            int exit = command(directory, line.toArray(String[]::new)).start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(
                        line + ": exit " + exit + " (expected: 0), see " + directory.resolve(LOG));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void giveToPostgres(Path directory) throws IOException {
        if (isRoot()) {
            UserPrincipal postgres =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            Files.setOwner(directory, postgres);
        }
    }

    private static void initialise(Path programs, Path directory) {
        run(
                directory,
                List.of(
                        programs.resolve("initdb").toString(),
                        "-D",
                        directory.resolve("data").toString(),
                        "-U",
                        USER,
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C"));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String[] line(Path programs, Path data, int port, List<String> settings) {
        List<String> line = new ArrayList<>(
                List.of(programs.resolve("postgres").toString(), "-D", data.toString(), "-p", String.valueOf(port)));
        Stream.concat(
                        Stream.of(
                                "listen_addresses=127.0.0.1",
                                // A socket's path may be 107 bytes long, and a checkout's is what it is.
                                "unix_socket_directories=",
                                "shared_buffers=1GB",
                                "min_wal_size=4GB",
                                "max_wal_size=8GB",
                                "max_connections=200"),
                        settings.stream())
                .forEach(setting -> line.addAll(List.of("-c", setting)));
        return line.toArray(String[]::new);
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
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve(LOG).toFile()));
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

    /** What it has said so far, all its runs one after the other. */
    public Path log() {
        return directory.resolve(LOG);
    }

    /** Stops it at once, and removes its data unless that stays. */
    @Override
    public void close() {
        try {
            // SIGTERM lets clients finish; all of them have gone by now.
            process.destroy();
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            if (kept) {
                return;
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
