package dev.sluice.gateway.planted;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Where what comes out is kept until all tests have run: in the directory that the build names, else nowhere. */
public final class Said {
    /** The system property with the directory. */
    static final String DIRECTORY = "sluice.said";

    private static final AtomicInteger NEXT = new AtomicInteger();

    private Said() {}

    /** The directory; empty where no build runs the tests. */
    public static Optional<Path> directory() {
        return Optional.ofNullable(System.getProperty(DIRECTORY)).map(Said::made);
    }

    private static Path made(String directory) {
        try {
            return Files.createDirectories(Path.of(directory));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What a JVM of its own is started with, so that it keeps what comes out there, too. */
    public static List<String> options() {
        return directory()
                .map(directory -> List.of("-D" + DIRECTORY + "=" + directory.toAbsolutePath()))
                .orElseGet(List::of);
    }

    /**
     * A file that is not there yet, for all that a process says.
     *
     * @param otherwise the directory to take where no build runs the tests
     */
    public static Path newLog(String process, Path otherwise) {
        return ofAll(process + "-" + NEXT.incrementAndGet(), otherwise);
    }

    /**
     * The file for all that processes of that name say, one after the other.
     *
     * @param otherwise the directory to take where no build runs the tests
     */
    public static Path ofAll(String process, Path otherwise) {
        return directory().orElse(otherwise).resolve(process + "-" + pid() + ".log");
    }

    /** Adds to this process' file of that kind. */
    public static void append(String kind, String text) {
        directory().ifPresent(directory -> append(directory.resolve(kind + "-" + pid() + ".txt"), text));
    }

    private static synchronized void append(Path file, String text) {
        try {
            Files.writeString(file, text, ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }
}
