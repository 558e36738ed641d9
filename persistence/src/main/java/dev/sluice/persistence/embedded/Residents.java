package dev.sluice.persistence.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The server processes that live in a cluster, whoever started them. A server survives the JVM that was killed beside it,
 * and its sessions may survive the server for a moment; nothing may start while one of them is left.
 */
final class Residents {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration POLL = Duration.ofMillis(20);

    private final Cluster cluster;

    Residents(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Waits until none is left. Those that stay are killed, so that what comes next is alone. */
    void awaitNone(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (List<ProcessHandle> left = find(); !left.isEmpty(); left = find()) {
            if (System.nanoTime() > deadline) {
                left.forEach(ProcessHandle::destroyForcibly);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** A server names its directory by working in it; where that cannot be seen, by the process file alone. */
    List<ProcessHandle> find() throws IOException {
        if (!Files.isDirectory(PROCESSES)) {
            return namedByFile().filter(Residents::isServer).stream().toList();
        }
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (livesHere(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private boolean livesHere(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(cluster.directory())
                    && Files.readString(process.resolve("comm")).startsWith("postgres");
        } catch (IOException endedOrNotOurs) {
            return false;
        }
    }

    /**
     * Removes a process file that means nothing any more. After a container's restart its number may belong to an
     * unrelated process, and the server would refuse to start for ever.
     */
    void clearStaleFile() throws IOException {
        boolean certain = Files.isDirectory(PROCESSES)
                || namedByFile().filter(handle -> !isServer(handle)).isPresent();
        if (certain && find().isEmpty()) {
            Files.deleteIfExists(cluster.processFile());
        }
    }

    private Optional<ProcessHandle> namedByFile() throws IOException {
        if (!Files.exists(cluster.processFile())) {
            return Optional.empty();
        }
        String first =
                Files.readString(cluster.processFile()).lines().findFirst().orElse("");
        return first.matches("\\d{1,10}") ? ProcessHandle.of(Long.parseLong(first)) : Optional.empty();
    }

    private static boolean isServer(ProcessHandle handle) {
        return handle.info()
                .command()
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }
}
