package dev.sluice.normalizers.signature;

/** The deduplication key of a body whose provider gives none: a repeat has the same bytes. */
public final class BodyHash {
    private BodyHash() {}

    /** {@code sha256:} and 64 lower-case hexadecimal digits. */
    public static String of(byte[] body) {
        return "sha256:" + Digests.sha256(body);
    }
}
