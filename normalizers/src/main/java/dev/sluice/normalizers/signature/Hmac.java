package dev.sluice.normalizers.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A keyed digest over bytes as received. */
public enum Hmac {
    SHA256("HmacSHA256", 32),
    SHA512("HmacSHA512", 64);

    private final String algorithm;
    private final int digestBytes;

    Hmac(String algorithm, int digestBytes) {
        this.algorithm = algorithm;
        this.digestBytes = digestBytes;
    }

    /** The digest of these parts one after the other. */
    public byte[] digest(byte[] key, byte[]... parts) {
        Mac mac = keyed(key);
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** A digest in the making, for messages that are not at hand as bytes. */
    public Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": not available (every Java platform has it)", e);
        }
    }

    /**
     * Whether one of the keys gives that digest. Every key is tried and each comparison takes the same time wherever
     * the digests differ.
     *
     * @param keys not empty texts, used as their UTF-8 bytes
     */
    public boolean matchesAny(List<String> keys, byte[] expected, byte[]... parts) {
        boolean matches = false;
        for (String key : keys) {
            matches |= MessageDigest.isEqual(digest(key.getBytes(StandardCharsets.UTF_8), parts), expected);
        }
        return matches;
    }

    /** The digest written in hexadecimal, either case, or null when the text is no digest of this length. */
    public byte @Nullable [] fromHex(String text) {
        if (text.length() != digestBytes * 2) {
            return null;
        }
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException notHex) {
            return null;
        }
    }

    /** The digest written in standard Base64 with padding, or null when the text is no digest of this length. */
    public byte @Nullable [] fromBase64(String text) {
        if (text.length() != (digestBytes + 2) / 3 * 4) {
            return null;
        }
        try {
            byte[] digest = Base64.getDecoder().decode(text);
            return digest.length == digestBytes ? digest : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
