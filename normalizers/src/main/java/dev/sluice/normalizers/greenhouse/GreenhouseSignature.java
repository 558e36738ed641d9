package dev.sluice.normalizers.greenhouse;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.signature.Hmac;
import dev.sluice.normalizers.signature.SignatureHeader;

/**
 * {@code Signature: sha256 <hex>}, with a space and no equals sign; HMAC-SHA256 over the body as received.
 *
 * @see <a href="https://developers.greenhouse.io/webhooks.html#authentication">authentication</a>
 */
final class GreenhouseSignature {
    private static final SignatureHeader HEADER = new SignatureHeader("Signature");
    private static final String PREFIX = "sha256 ";

    private GreenhouseSignature() {}

    static Verification verify(Webhook webhook, Settings settings) {
        return HEADER.verifyHex(
                webhook,
                settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY),
                Hmac.SHA256,
                PREFIX,
                "sha256, a space and 64 hexadecimal digits");
    }

    static SampleWebhook sign(SampleWebhook webhook, Settings settings) {
        return HEADER.signHex(webhook, settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY), Hmac.SHA256, PREFIX);
    }
}
