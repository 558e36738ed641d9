package dev.sluice.normalizers.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The deduplication key of a body whose provider gives none: a repeat has the same bytes. */
public final class BodyHash {
    /** Cloned for each use: looking an algorithm up costs as much as hashing a small body. */
    private static final MessageDigest SHA_256 = sha256();

    private BodyHash() {}

    /** {@code sha256:} and 64 lower-case hexadecimal digits. */
    public static String of(byte[] body) {
        try {
            MessageDigest digest = (MessageDigest) SHA_256.clone();
            return "sha256:" + HexFormat.of().formatHex(digest.digest(body));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256: not cloneable (Java's own is)", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not available (every Java platform has it)", e);
        }
    }
}
