package dev.sluice.gateway.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system of its own, in memory. Only some users may mount one. */
final class Volume implements AutoCloseable {
    private final Path directory;

    private Volume(Path directory) {
        this.directory = directory;
    }

    /** Mounts one of that size on the directory; empty where that is not allowed. */
    static Optional<Volume> mount(Path directory, int megabytes) {
        try {
            Files.createDirectories(directory);
            int status = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
            return status == 0 ? Optional.of(new Volume(directory)) : Optional.empty();
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try {
            if (run("umount", directory.toString()) != 0) {
                // Something still looks at it; it goes when that ends.
                run("umount", "-l", directory.toString());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
