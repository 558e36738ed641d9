package dev.sluice.normalizers.github;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.signature.Hmac;
import dev.sluice.normalizers.signature.SignatureHeader;

/**
 * {@code X-Hub-Signature-256: sha256=<hex>}, HMAC-SHA256 over the body as received, also when that is a form.
 *
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">validating
 *     deliveries</a>
 */
final class GitHubSignature {
    private static final SignatureHeader HEADER = new SignatureHeader("X-Hub-Signature-256");
    private static final String PREFIX = "sha256=";

    private GitHubSignature() {}

    static Verification verify(Webhook webhook, Settings settings) {
        return HEADER.verifyHex(
                webhook,
                settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY),
                Hmac.SHA256,
                PREFIX,
                "sha256= and 64 hexadecimal digits");
    }

    static SampleWebhook sign(SampleWebhook webhook, Settings settings) {
        return HEADER.signHex(webhook, settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY), Hmac.SHA256, PREFIX);
    }
}
