package dev.sluice.normalizers.mailchimp;

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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two proofs, of which each that is configured has to hold: a secret in the URL's query, and
 * {@code X-Mailchimp-Signature: t=<unix seconds>,v1=<hex>} over time, dot and body. Requests without a body prove
 * nothing and are asked for nothing: Mailchimp checks the URL with a GET.
 */
final class MailchimpSignature {
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final SignatureHeader HEADER = new SignatureHeader("X-Mailchimp-Signature");
    private static final String QUERY_PARAMETER = "secret";
    private static final int DIGESTS_MAX = 10;

    private MailchimpSignature() {}

    static Verification verify(Webhook webhook, Settings settings, Instant receivedAt) {
        List<String> secrets = settings.lines(SettingKeys.VENDOR_URL_SECRET);
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        if (!webhook.method().equals("POST") || (secrets.isEmpty() && keys.isEmpty())) {
            return new Verification.Unsigned();
        }
        if (!secrets.isEmpty() && !isKnown(webhook, secrets)) {
            return new Verification.Refused("query parameter " + QUERY_PARAMETER
                    + ": missing, repeated or wrong (expected: the configured secret, once)");
        }
        return keys.isEmpty() ? new Verification.Verified() : verifySignature(webhook, keys, receivedAt);
    }

    private static boolean isKnown(Webhook webhook, List<String> secrets) {
        List<String> given = webhook.query().getOrDefault(QUERY_PARAMETER, List.of());
        if (given.size() != 1) {
            return false;
        }
        byte[] value = given.get(0).getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (String secret : secrets) {
            known |= MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), value);
        }
        return known;
    }

    private static Verification verifySignature(Webhook webhook, List<String> keys, Instant receivedAt) {
        String value = HEADER.only(webhook);
        if (value == null) {
            return HEADER.missingOrRepeated(webhook);
        }
        String time = null;
        List<byte[]> digests = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String trimmed = part.trim();
            byte[] digest = trimmed.startsWith("v1=") ? Hmac.SHA256.fromHex(trimmed.substring(3)) : null;
            if (trimmed.startsWith("t=") && time == null) {
                time = trimmed.substring(2);
            } else if (digest != null && digests.size() < DIGESTS_MAX) {
                digests.add(digest);
            }
        }
        if (time == null || digests.isEmpty()) {
            return HEADER.refused("not t= and v1= with 64 hexadecimal digits");
        }
        String problem = problemWithTime(time, receivedAt);
        if (problem != null) {
            return new Verification.Refused(HEADER.name() + ": " + problem);
        }
        byte[] message = (time + '.').getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (byte[] digest : digests) {
            matches |= Hmac.SHA256.matchesAny(keys, digest, message, webhook.body());
        }
        return matches ? new Verification.Verified() : HEADER.refused("does not match");
    }

    private static @Nullable String problemWithTime(String time, Instant receivedAt) {
        Instant signedAt = Timestamps.ofUnixSeconds(time);
        if (signedAt == null) {
            return "t is no time (expected: Unix seconds)";
        }
        Duration away = Duration.between(signedAt, receivedAt).abs();
        return away.compareTo(TOLERANCE) <= 0
                ? null
                : "signed " + away.toSeconds() + " s away (expected: at most " + TOLERANCE.toSeconds() + " s)";
    }

    /** With what {@link #verify} asks for of it. */
    static SampleWebhook sign(SampleWebhook webhook, Settings settings, Instant sentAt) {
        List<String> secrets = settings.lines(SettingKeys.VENDOR_URL_SECRET);
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        SampleWebhook known = secrets.isEmpty() ? webhook : webhook.query(QUERY_PARAMETER, secrets.get(0));
        if (keys.isEmpty()) {
            return known;
        }
        String time = String.valueOf(sentAt.getEpochSecond());
        byte[] digest = Hmac.SHA256.digest(
                keys.get(0).getBytes(StandardCharsets.UTF_8),
                (time + '.').getBytes(StandardCharsets.UTF_8),
                webhook.bodyBytes());
        return known.header(HEADER.name(), "t=" + time + ",v1=" + HexFormat.of().formatHex(digest));
    }
}
