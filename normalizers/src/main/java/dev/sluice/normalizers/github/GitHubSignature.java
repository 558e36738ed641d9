package dev.sluice.normalizers.github;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.signature.Hmac;
import java.util.List;

/**
 * {@code X-Hub-Signature-256: sha256=<hex>}, HMAC-SHA256 over the body as received, also when that is a form.
 *
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">validating
 *     deliveries</a>
 */
final class GitHubSignature {
    static final String HEADER = "X-Hub-Signature-256";

    private static final String PREFIX = "sha256=";

    private GitHubSignature() {}

    static Verification verify(Webhook webhook, Settings settings) {
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        if (keys.isEmpty()) {
            return new Verification.Unsigned();
        }
        List<String> values = webhook.headerValues(HEADER);
        if (values.size() != 1) {
            return refused(values.isEmpty() ? "missing" : values.size() + " values");
        }
        String value = values.get(0);
        byte[] digest = value.startsWith(PREFIX) ? Hmac.SHA256.fromHex(value.substring(PREFIX.length())) : null;
        if (digest == null) {
            return refused("not sha256= and 64 hexadecimal digits");
        }
        return Hmac.SHA256.matchesAny(keys, digest, webhook.body())
                ? new Verification.Verified()
                : refused("does not match");
    }

    private static Verification refused(String found) {
        return new Verification.Refused(
                HEADER + ": " + found + " (expected: one signature of the body with a configured key)");
    }
}
