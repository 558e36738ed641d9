package dev.sluice.normalizers.box;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.body.Timestamps;
import dev.sluice.normalizers.signature.Hmac;
import dev.sluice.normalizers.signature.SignatureHeader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Base64 of HMAC-SHA256 over the body followed by the delivery's time, with a primary and a secondary key of which each
 * has a header of its own.
 *
 * @see <a href="https://developer.box.com/guides/webhooks/v2/signatures-v2/">signatures</a>
 */
final class BoxSignature {
    /** How old a delivery may be, in seconds. */
    static final String AGE_MAX_SECONDS = "box.signature.age.max";

    /** How far a delivery's time may lie ahead, in seconds. */
    static final String SKEW_MAX_SECONDS = "box.signature.skew.max";

    static final Duration AGE_MAX = Duration.ofMinutes(10);
    static final Duration SKEW_MAX = Duration.ofSeconds(60);

    private static final List<SignatureHeader> HEADERS =
            List.of(new SignatureHeader("BOX-SIGNATURE-PRIMARY"), new SignatureHeader("BOX-SIGNATURE-SECONDARY"));
    private static final SignatureHeader VERSION = new SignatureHeader("BOX-SIGNATURE-VERSION");
    private static final SignatureHeader ALGORITHM = new SignatureHeader("BOX-SIGNATURE-ALGORITHM");
    private static final SignatureHeader TIMESTAMP = new SignatureHeader("BOX-DELIVERY-TIMESTAMP");

    private BoxSignature() {}

    static Verification verify(Webhook webhook, Settings settings, Instant receivedAt) {
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        if (keys.isEmpty()) {
            return new Verification.Unsigned();
        }
        Verification schemeProblem = schemeProblem(webhook);
        if (schemeProblem != null) {
            return schemeProblem;
        }
        String timestamp = TIMESTAMP.only(webhook);
        if (timestamp == null) {
            return TIMESTAMP.missingOrRepeated(webhook);
        }
        Verification timeProblem = timeProblem(timestamp, settings, receivedAt);
        return timeProblem == null ? verifyDigests(webhook, keys, timestamp) : timeProblem;
    }

    private static @Nullable Verification schemeProblem(Webhook webhook) {
        if (!"1".equals(VERSION.only(webhook))) {
            return new Verification.Refused(VERSION.name() + ": unknown or missing (expected: 1)");
        }
        return "HmacSHA256".equals(ALGORITHM.only(webhook))
                ? null
                : new Verification.Refused(ALGORITHM.name() + ": unknown or missing (expected: HmacSHA256)");
    }

    private static @Nullable Verification timeProblem(String timestamp, Settings settings, Instant receivedAt) {
        Instant sentAt = Timestamps.parse(timestamp);
        if (sentAt == null) {
            return new Verification.Refused(TIMESTAMP.name() + ": not a date (expected: RFC 3339)");
        }
        Duration ageMax = seconds(settings, AGE_MAX_SECONDS, AGE_MAX);
        Duration skewMax = seconds(settings, SKEW_MAX_SECONDS, SKEW_MAX);
        Duration age = Duration.between(sentAt, receivedAt);
        return age.compareTo(ageMax) <= 0 && age.negated().compareTo(skewMax) <= 0
                ? null
                : new Verification.Refused(TIMESTAMP.name() + ": " + age.toSeconds() + " s old (expected: at most "
                        + ageMax.toSeconds() + " s, and at most " + skewMax.toSeconds() + " s ahead)");
    }

    /** The first key counts for the first header only and the second for the second: Box never crosses them. */
    private static Verification verifyDigests(Webhook webhook, List<String> keys, String timestamp) {
        boolean given = false;
        for (int i = 0; i < Math.min(keys.size(), HEADERS.size()); i++) {
            SignatureHeader header = HEADERS.get(i);
            if (webhook.headerValues(header.name()).size() > 1) {
                return header.missingOrRepeated(webhook);
            }
            String value = header.only(webhook);
            byte[] digest = value == null ? null : Hmac.SHA256.fromBase64(value);
            given |= value != null;
            if (digest != null && matches(keys.get(i), digest, webhook.body(), timestamp)) {
                return new Verification.Verified();
            }
        }
        return given
                ? HEADERS.get(0).refused("does not match, nor does the secondary")
                : HEADERS.get(0).refused("missing");
    }

    private static boolean matches(String key, byte[] digest, byte[] body, String timestamp) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] time = timestamp.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(Hmac.SHA256.digest(keyBytes, body, time), digest)
                || MessageDigest.isEqual(EscapedBody.digest(keyBytes, body, time), digest);
    }

    private static Duration seconds(Settings settings, String key, Duration defaultValue) {
        String value = settings.get(key);
        // Values are checked when they are set; one stored by other rules must not stop intake.
        return value == null || !value.trim().matches("\\d{1,6}")
                ? defaultValue
                : Duration.ofSeconds(Long.parseLong(value.trim()));
    }

    static SampleWebhook sign(SampleWebhook webhook, Settings settings, Instant sentAt) {
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        String time = sentAt.toString();
        SampleWebhook signed = webhook.header(TIMESTAMP.name(), time)
                .header(VERSION.name(), "1")
                .header(ALGORITHM.name(), "HmacSHA256");
        for (int i = 0; i < Math.min(keys.size(), HEADERS.size()); i++) {
            byte[] digest = Hmac.SHA256.digest(
                    keys.get(i).getBytes(StandardCharsets.UTF_8),
                    webhook.bodyBytes(),
                    time.getBytes(StandardCharsets.UTF_8));
            signed = signed.header(HEADERS.get(i).name(), Base64.getEncoder().encodeToString(digest));
        }
        return signed;
    }
}
