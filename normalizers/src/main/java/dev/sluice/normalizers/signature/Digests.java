package dev.sluice.normalizers.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests without a key, in lower-case hexadecimal. */
public final class Digests {
    /** Cloned for each use: looking an algorithm up costs as much as hashing a small body. */
    private static final MessageDigest SHA_256 = digest("SHA-256");

    private static final MessageDigest MD5 = digest("MD5");

    private Digests() {}

    /** 64 digits that no two different texts have in common. */
    public static String sha256(byte[] bytes) {
        return hex(SHA_256, bytes);
    }

    /** 32 digits: a name that providers give to things, and no proof of anything. */
    public static String md5(byte[] bytes) {
        return hex(MD5, bytes);
    }

    private static String hex(MessageDigest fresh, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) fresh.clone()).digest(bytes));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(fresh.getAlgorithm() + ": not cloneable (Java's own are)", e);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + ": not available (every Java platform has it)", e);
        }
    }
}
