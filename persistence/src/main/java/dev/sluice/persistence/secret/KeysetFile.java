package dev.sluice.persistence.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** The file that holds the keyset: complete at any time, or not there. Nothing but a change of its keys replaces it. */
final class KeysetFile {
    private KeysetFile() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new KeysetException(file, "cannot be read", unreadable);
        }
    }

    static String readOrWrite(Path file, Supplier<String> content) {
        try {
            if (!Files.exists(file)) {
                write(file.toAbsolutePath(), content.get());
            }
        } catch (IOException unwritable) {
            throw new KeysetException(file, "cannot be written", unwritable);
        }
        return read(file);
    }

    /** Gives the file another content at once: whoever reads it meanwhile sees the one or the other. */
    static void replace(Path file, String content) {
        Path absolute = file.toAbsolutePath();
        try {
            Path written = written(absolute, content);
            try {
                Files.move(written, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                forceDirectory(absolute);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException unwritable) {
            throw new KeysetException(file, "cannot be written", unwritable);
        }
    }

    private static void write(Path file, String content) throws IOException {
        Path written = written(file, content);
        try {
            publish(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static Path written(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        // A temporary file is readable and writable by its owner only, from the moment it exists.
        Path written = Files.createTempFile(file.getParent(), "keyset", ".new");
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return written;
    }

    /** Gives the file its name, unless another process was first: a link, other than a move, never replaces. */
    private static void publish(Path written, Path file) throws IOException {
        try {
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException another) {
            return;
        } catch (UnsupportedOperationException noLinks) {
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
        forceDirectory(file);
    }

    private static void forceDirectory(Path file) throws IOException {
        try (FileChannel directory = FileChannel.open(file.getParent())) {
            directory.force(true);
        }
    }
}
