package dev.sluice.gateway.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys of the walk-through. They are published, as it is, and protect nothing. */
public final class DemoKeys {
    /** What the sample webhook is signed with. */
    public static final String WEBHOOK = "demo-webhook-key";

    /** What notifications to the demo callback are signed with. */
    public static final String NOTIFICATION = "whsec_c2x1aWNlLWRlbW8ta2V5LW5vdC1hLXNlY3JldA==";

    /** Where the demo callback listens. */
    public static final String CALLBACK_PATH = "/demo/callback";

    private static final String STANDARD_PREFIX = "whsec_";

    private DemoKeys() {}

    /** The HMAC-SHA256 of the sample webhook's body, in hexadecimal. */
    public static String webhookSignature(String body) {
        Mac mac = mac(WEBHOOK.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** For {@code Elements-Webhook-Signature}: the key is the string as it is. */
    static Mac elementsMac() {
        return mac(NOTIFICATION.getBytes(StandardCharsets.UTF_8));
    }

    /** For {@code webhook-signature}: the key is what the prefixed string encodes. */
    static Mac standardMac() {
        return mac(Base64.getDecoder().decode(NOTIFICATION.substring(STANDARD_PREFIX.length())));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("HmacSHA256: not available in this Java runtime", missing);
        }
    }
}
