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

/** The file that holds the keyset: complete or not there, and never replaced. */
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

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        // A temporary file is readable and writable by its owner only, from the moment it exists.
        Path written = Files.createTempFile(file.getParent(), "keyset", ".new");
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            publish(written, file);
        } finally {
            Files.deleteIfExists(written);
        }
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
        try (FileChannel directory = FileChannel.open(file.getParent())) {
            directory.force(true);
        }
    }
}
