package dev.sluice.persistence.embedded;

import java.nio.file.Path;

/** Another gateway works on the directory. */
public final class DirectoryHeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param holder who holds it, in words */
    DirectoryHeldException(Path directory, String holder) {
        super("data directory " + directory + ": held by " + holder
                + " (expected: one gateway a directory; stop that one, or set SLUICE_DATA_DIR to another directory)");
    }
}
