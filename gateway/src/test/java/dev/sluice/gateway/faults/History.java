package dev.sluice.gateway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.sluice.gateway.rig.process.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Random;
import org.springframework.util.FileSystemUtils;

/**
 * What happened in a run and when, in a file of its own, and the seed that all of its choices come from. The file and all
 * that the run leaves stay where they are when it fails.
 */
public final class History {
    private static final String SEED = "sluice.faults.seed";

    private final Path directory;
    private final long seed;
    private final long startMicros = WallClock.micros();

    private History(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    /** Begins one, in an empty directory {@code target/faults/<name>}. */
    public static History begin(String name) {
        Path directory = Path.of("target", "faults", name).toAbsolutePath();
        try {
            FileSystemUtils.deleteRecursively(directory);
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        History history = new History(directory, Long.getLong(SEED, new SecureRandom().nextLong()));
        history.note(name + ", seed " + history.seed);
        return history;
    }

    /** Where the run leaves what it leaves. */
    public Path directory() {
        return directory;
    }

    /** Where its choices come from. */
    public long seed() {
        return seed;
    }

    /** The same numbers in every run with this seed. */
    public Random random() {
        return new Random(seed);
    }

    /** Writes down what happened, and when. */
    public void note(String what) {
        String line = String.format(Locale.ROOT, "%7.1f s  %s%n", (WallClock.micros() - startMicros) / 1e6, what);
        System.out.print(directory.getFileName() + " " + line);
        try {
            Files.writeString(file(), line, UTF_8, CREATE, APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path file() {
        return directory.resolve("history.txt");
    }

    /** For a failure's message: where to look, and how to make the same choices again. */
    public String whereToLook() {
        return "see " + file() + ", -D" + SEED + "=" + seed + " repeats its choices";
    }

    /** All was well: nobody will look. */
    public void forget() {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
