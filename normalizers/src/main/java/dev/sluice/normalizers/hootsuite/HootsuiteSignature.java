package dev.sluice.normalizers.hootsuite;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.signature.Hmac;
import dev.sluice.normalizers.signature.SignatureHeader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code X-Hootsuite-Signature}. What is known of it contradicts itself, so by default SHA-512 and SHA-256, hexadecimal
 * and Base64, and the key as text or as hexadecimal are all accepted; a setting pins one digest.
 */
final class HootsuiteSignature {
    /** Which digest in which writing is accepted. */
    static final String SCHEME = "hootsuite.signature.scheme";

    static final String ANY = "any";

    private static final SignatureHeader HEADER = new SignatureHeader("X-Hootsuite-Signature");

    /** The digests and writings that are accepted, by the value of {@link #SCHEME}. */
    enum Scheme {
        SHA512_HEX(Hmac.SHA512, true),
        SHA512_BASE64(Hmac.SHA512, false),
        SHA256_HEX(Hmac.SHA256, true),
        SHA256_BASE64(Hmac.SHA256, false);

        private final Hmac hmac;
        private final boolean hex;

        Scheme(Hmac hmac, boolean hex) {
            this.hmac = hmac;
            this.hex = hex;
        }

        /** As it is written in the setting: {@code sha512-hex}. */
        String setting() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private byte @Nullable [] decode(String digest) {
            return hex ? hmac.fromHex(digest) : hmac.fromBase64(digest);
        }

        private String encode(byte[] digest) {
            return hex ? HexFormat.of().formatHex(digest) : Base64.getEncoder().encodeToString(digest);
        }
    }

    private HootsuiteSignature() {}

    static Verification verify(Webhook webhook, Settings settings) {
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        if (keys.isEmpty()) {
            return new Verification.Unsigned();
        }
        String value = HEADER.only(webhook);
        if (value == null) {
            return HEADER.missingOrRepeated(webhook);
        }
        String digest = value.replaceFirst("^sha(256|512)=", "");
        String pinned = settings.get(SCHEME);
        for (Scheme scheme : Scheme.values()) {
            byte[] expected = isAccepted(scheme, pinned) ? scheme.decode(digest) : null;
            if (expected != null && matches(scheme.hmac, keys, expected, webhook.body())) {
                return new Verification.Verified();
            }
        }
        return HEADER.refused("does not match");
    }

    private static boolean isAccepted(Scheme scheme, @Nullable String pinned) {
        return pinned == null
                || pinned.trim().equalsIgnoreCase(ANY)
                || pinned.trim().equalsIgnoreCase(scheme.setting());
    }

    private static boolean matches(Hmac hmac, List<String> keys, byte[] expected, byte[] body) {
        for (String key : keys) {
            byte[] decoded = fromHex(key);
            if (MessageDigest.isEqual(hmac.digest(key.getBytes(StandardCharsets.UTF_8), body), expected)
                    || (decoded != null && MessageDigest.isEqual(hmac.digest(decoded, body), expected))) {
                return true;
            }
        }
        return false;
    }

    private static byte @Nullable [] fromHex(String key) {
        try {
            return HexFormat.of().parseHex(key);
        } catch (IllegalArgumentException notHex) {
            return null;
        }
    }

    /** In the writing that is pinned, or the first of those that are accepted. */
    static SampleWebhook sign(SampleWebhook webhook, Settings settings) {
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        String pinned = settings.get(SCHEME);
        Scheme scheme = Arrays.stream(Scheme.values())
                .filter(candidate -> isAccepted(candidate, pinned))
                .findFirst()
                .orElse(Scheme.SHA512_HEX);
        return keys.isEmpty()
                ? webhook
                : webhook.header(
                        HEADER.name(),
                        scheme.encode(
                                scheme.hmac.digest(keys.get(0).getBytes(StandardCharsets.UTF_8), webhook.bodyBytes())));
    }
}
