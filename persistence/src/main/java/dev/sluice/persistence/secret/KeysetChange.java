package dev.sluice.persistence.secret;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The three steps from one key to the next. Between them every node has to have read the file: a key is known everywhere
 * before it encrypts anywhere, and gone only when nothing is left that it encrypted.
 */
public enum KeysetChange {
    /** One more key, which decrypts. */
    ADD,
    /** The newest key encrypts from now on; the others still decrypt. */
    PROMOTE,
    /** Only the key that encrypts remains. */
    REMOVE;

    /** The change of that name, in any case; empty when there is none. */
    public static Optional<KeysetChange> named(String name) {
        return Arrays.stream(values())
                .filter(change -> change.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * Changes the file. Blocks.
     *
     * @return how many keys it holds now
     * @throws KeysetException when it cannot be read or written, or is no keyset
     */
    public int apply(Path file) {
        Keyset changed = changed(Keyset.parse(file, KeysetFile.read(file)));
        KeysetFile.replace(file, changed.json());
        return changed.size();
    }

    private Keyset changed(Keyset keyset) {
        return switch (this) {
            case ADD -> keyset.withNewKey();
            case PROMOTE -> keyset.withNewestPrimary();
            case REMOVE -> keyset.withPrimaryOnly();
        };
    }
}
