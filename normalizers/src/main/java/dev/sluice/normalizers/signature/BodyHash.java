package dev.sluice.normalizers.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The deduplication key of a body whose provider gives none: a repeat has the same bytes. */
public final class BodyHash {
    private BodyHash() {}

    /** {@code sha256:} and 64 lower-case hexadecimal digits. */
    public static String of(byte[] body) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not available (every Java platform has it)", e);
        }
    }
}
