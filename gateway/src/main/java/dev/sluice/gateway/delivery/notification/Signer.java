package dev.sluice.gateway.delivery.notification;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.delivery.egress.Payload;
import io.netty.handler.codec.http.HttpHeaders;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs notifications with an instance's {@code event.notification.signature.key}, in the original's way and by Standard
 * Webhooks.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
public final class Signer {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String STANDARD_KEY_PREFIX = "whsec_";

    private final Key original;
    private final List<Key> standard;
    private final List<Key> standardWithPrevious;
    private final Instant previousUntil;

    /**
     * A key that another has replaced, while receivers may still know only this one.
     *
     * @param key as configured, at least one character
     * @param until when it stops signing by itself; {@link Instant#MAX} is not at all
     */
    public record Previous(String key, Instant until) {
        @Override
        public String toString() {
            return "Previous[until=" + until + "]";
        }
    }

    /**
     * @param key the key as configured, at least one character
     * @param previous the key it replaced, or null
     */
    public Signer(String key, @Nullable Previous previous) {
        this.original = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
        this.standard = List.of(standardKey(key));
        this.standardWithPrevious =
                previous == null ? standard : List.of(standardKey(key), standardKey(previous.key()));
        this.previousUntil = previous == null ? Instant.MIN : previous.until();
    }

    private static Key standardKey(String key) {
        if (key.startsWith(STANDARD_KEY_PREFIX)) {
            try {
                byte[] decoded = Base64.getDecoder().decode(key.substring(STANDARD_KEY_PREFIX.length()));
                if (decoded.length > 0) {
                    return new SecretKeySpec(decoded, ALGORITHM);
                }
            } catch (IllegalArgumentException notBase64) {
                // Whatever was configured signs: the prefix alone makes no promise about the rest.
            }
        }
        return new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    }

    /**
     * Sets the headers that prove a message.
     *
     * @param id the value of {@code webhook-id}
     * @param now when it is sent, by the database's clock: {@code webhook-timestamp}, and what ends the previous key
     */
    public void sign(HttpHeaders headers, String id, Instant now, Payload message) {
        headers.set("Elements-Webhook-Signature", elementsSignature(message))
                .set("webhook-signature", standardSignature(id, now, message));
    }

    /** The value of {@code Elements-Webhook-Signature}: over the body alone. */
    String elementsSignature(Payload notification) {
        return "sha256=" + digest(original, notification::feed);
    }

    /**
     * The value of {@code webhook-signature}: over id, time and body; one signature a key, the current key's first.
     *
     * @param id the value of {@code webhook-id}
     */
    String standardSignature(String id, Instant now, Payload notification) {
        byte[] prefix = (id + '.' + now.getEpochSecond() + '.').getBytes(US_ASCII);
        StringBuilder signatures = new StringBuilder();
        for (Key key : now.isBefore(previousUntil) ? standardWithPrevious : standard) {
            signatures.append(signatures.isEmpty() ? "v1," : " v1,").append(digest(key, mac -> {
                mac.update(prefix);
                notification.feed(mac);
            }));
        }
        return signatures.toString();
    }

    private static String digest(Key key, Consumer<Mac> message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            message.accept(mac);
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(
                    ALGORITHM + ": not available (expected: every Java platform has it)", missing);
        }
    }
}
