package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests as providers make them. */
final class Signed {
    private Signed() {}

    static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    static String hex(String key, byte[]... parts) {
        return HexFormat.of().formatHex(hmac("HmacSHA256", key.getBytes(UTF_8), parts));
    }

    static String base64(String algorithm, String key, byte[]... parts) {
        return Base64.getEncoder().encodeToString(hmac(algorithm, key.getBytes(UTF_8), parts));
    }
}
