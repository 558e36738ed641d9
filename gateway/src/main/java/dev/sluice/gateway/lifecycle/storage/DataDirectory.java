package dev.sluice.gateway.lifecycle.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * The small files beside the database: each is written once, complete, and readable by its owner only.
 *
 * @param path made by whoever holds its lock
 */
record DataDirectory(Path path) {
    private static final int SECRET_BYTES = 24;

    /**
     * Something that was made at the first start and read since.
     *
     * @param file where it is kept
     * @param fresh whether this start made it
     */
    record Kept(String value, Path file, boolean fresh) {}

    Kept node() {
        return kept("node", UUID.randomUUID().toString());
    }

    Kept userSecret() {
        return kept("user-secret", randomSecret());
    }

    Kept organizationSecret() {
        return kept("organization-secret", randomSecret());
    }

    Path keysetFile() {
        return path.resolve("keyset.json");
    }

    private Kept kept(String name, String proposal) {
        Path file = path.toAbsolutePath().normalize().resolve(name);
        try {
            boolean fresh = !Files.exists(file);
            if (fresh) {
                // A temporary file belongs to its owner alone from the moment it exists.
                Path written = Files.createTempFile(path, name, ".new");
                Files.writeString(written, proposal + "\n");
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Kept(Files.readString(file).strip(), file, fresh);
        } catch (IOException failed) {
            throw new UncheckedIOException("data directory file " + file + ": " + failed, failed);
        }
    }

    /** URL-safe characters only, so that it can be pasted into a shell and a header as it stands. */
    private static String randomSecret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
