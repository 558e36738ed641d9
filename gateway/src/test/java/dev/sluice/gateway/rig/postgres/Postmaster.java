package dev.sluice.gateway.rig.postgres;

import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A running PostgreSQL server, found by the file it keeps in its data directory.
 *
 * @param pid of its first process
 * @param port it listens on, on this machine
 * @param file where it says so, in its data directory
 */
public record Postmaster(long pid, int port, Path file) {
    private static final int DEPTH_MAX = 4;
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    /** The server whose data directory is this one or below it; empty when none is running. */
    public static Optional<Postmaster> find(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files =
                Files.find(directory, DEPTH_MAX, (path, attributes) -> path.endsWith("postmaster.pid"))) {
            return files.findFirst().map(Postmaster::read);
        } catch (IOException | UncheckedIOException changing) {
            // The directory is being written by a server that starts or stops.
            return Optional.empty();
        }
    }

    private static Postmaster read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return new Postmaster(Long.parseLong(lines.get(PID_LINE)), Integer.parseInt(lines.get(PORT_LINE)), file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** How to enter the gateway's embedded server. */
    public DatabaseAddress embeddedAddress() {
        try {
            String password =
                    Files.readString(file.resolveSibling("sluice.password")).strip();
            return new DatabaseAddress("127.0.0.1", port, "postgres", "sluice", password);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Ends it as {@code kill -9} does: its backends notice and end, too. */
    public void kill() {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
