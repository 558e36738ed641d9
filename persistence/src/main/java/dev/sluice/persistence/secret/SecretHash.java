package dev.sluice.persistence.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a secret's UTF-8 bytes. The secrets are random and long, so that no salt and no slow hash is needed. */
public final class SecretHash {
    private SecretHash() {}

    /** The 32 bytes that a secret is looked up by. */
    public static byte[] of(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256: not available in this Java runtime", missing);
        }
    }
}
