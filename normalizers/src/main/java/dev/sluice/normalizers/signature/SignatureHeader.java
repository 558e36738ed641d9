package dev.sluice.normalizers.signature;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header a provider puts its signature in. Two values are as good as none: which of them would be checked must not
 * be the sender's choice.
 *
 * @param name as the provider spells it
 */
public record SignatureHeader(String name) {

    /** The header's value, or null when there is none or more than one. */
    public @Nullable String only(Webhook webhook) {
        List<String> values = webhook.headerValues(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    /** The answer for a webhook of which {@link #only} is null. */
    public Verification missingOrRepeated(Webhook webhook) {
        int count = webhook.headerValues(name).size();
        return refused(count == 0 ? "missing" : count + " values");
    }

    /**
     * Checks a digest of the body as received, written in hexadecimal after a prefix.
     *
     * @param keys of which one has to give that digest; none leaves the webhook unsigned
     * @param prefix what stands before the digits, possibly empty
     * @param form how the value is to look, for the sender
     */
    public Verification verifyHex(Webhook webhook, List<String> keys, Hmac hmac, String prefix, String form) {
        if (keys.isEmpty()) {
            return new Verification.Unsigned();
        }
        String value = only(webhook);
        if (value == null) {
            return missingOrRepeated(webhook);
        }
        byte[] digest = value.startsWith(prefix) ? hmac.fromHex(value.substring(prefix.length())) : null;
        if (digest == null) {
            return refused("not " + form);
        }
        return hmac.matchesAny(keys, digest, webhook.body()) ? new Verification.Verified() : refused("does not match");
    }

    /**
     * The answer for a value that proves nothing.
     *
     * @param found what is wrong with the value, without the value
     */
    public Verification refused(String found) {
        return new Verification.Refused(
                name + ": " + found + " (expected: one signature of the body with a configured key)");
    }

    /**
     * The webhook with this header, as {@link #verifyHex} wants it.
     *
     * @param keys of which the first signs; none leaves the webhook unsigned
     */
    public SampleWebhook signHex(SampleWebhook webhook, List<String> keys, Hmac hmac, String prefix) {
        return keys.isEmpty()
                ? webhook
                : webhook.header(
                        name,
                        prefix
                                + HexFormat.of()
                                        .formatHex(hmac.digest(
                                                keys.get(0).getBytes(StandardCharsets.UTF_8), webhook.bodyBytes())));
    }
}
