package dev.sluice.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The right to work on a directory, for one process at a time. The operating system takes it back from a dead holder. */
public final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "lock";
    private static final int HOLDER_BYTES_MAX = 200;

    // Closing any channel on a locked file gives up the whole process's lock on some systems, so a second try from this
    // JVM must not even open the file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the directory, which is made when it is missing.
     *
     * @throws DirectoryHeldException naming the holder's process and since when it has run
     * @throws UncheckedIOException when the directory cannot be written
     */
    public static DirectoryLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
            Path real = directory.toRealPath();
            if (!HELD_HERE.add(real)) {
                throw new DirectoryHeldException(real, "this " + self());
            }
            DirectoryLock lock = null;
            try {
                lock = lock(real);
                return lock;
            } finally {
                if (lock == null) {
                    HELD_HERE.remove(real);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("data directory " + directory + ": " + failed, failed);
        }
    }

    private static DirectoryLock lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = holder(channel);
                throw new DirectoryHeldException(directory, holder.isEmpty() ? "another process" : holder);
            }
            channel.truncate(0).write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
            return new DirectoryLock(directory, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(HOLDER_BYTES_MAX);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    }

    private static String self() {
        ProcessHandle self = ProcessHandle.current();
        @Nullable Instant started = self.info().startInstant().orElse(null);
        return "process " + self.pid()
                + (started == null ? "" : ", started " + started.truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
