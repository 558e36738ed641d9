package dev.sluice.normalizers.greenhouse;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.signature.Hmac;
import dev.sluice.normalizers.signature.SignatureHeader;
import java.util.List;

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
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        if (keys.isEmpty()) {
            return new Verification.Unsigned();
        }
        String value = HEADER.only(webhook);
        if (value == null) {
            return HEADER.missingOrRepeated(webhook);
        }
        byte[] digest = value.startsWith(PREFIX) ? Hmac.SHA256.fromHex(value.substring(PREFIX.length())) : null;
        if (digest == null) {
            return HEADER.refused("not sha256, a space and 64 hexadecimal digits");
        }
        return Hmac.SHA256.matchesAny(keys, digest, webhook.body())
                ? new Verification.Verified()
                : HEADER.refused("does not match");
    }
}
