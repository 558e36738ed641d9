package dev.sluice.gateway.rig.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A GitHub {@code push} of about 7 KB that carries an id. The id stands near the end, so that a signature costs only the
 * last blocks: the state of everything before is kept.
 */
public final class PushPayload {
    /** An id in the body is this sign and {@link #ID_DIGITS} decimal digits; the sign occurs nowhere else. */
    static final byte ID_SIGN = '#';

    /** How many digits an id has. */
    public static final int ID_DIGITS = 16;

    private static final byte[] NO_ID = "0".repeat(ID_DIGITS).getBytes(US_ASCII);

    private static final String AFTER = "\"after\":\"";

    private final byte[] blank;
    private final int idOffset;
    private final Mac beforeId;

    /** @param secret what the provider signs with */
    public PushPayload(String secret) {
        this(secret, resource());
    }

    /** The push of another commit, which is what its events are of: one for each number from 0 to 15. */
    public static PushPayload ofObject(String secret, int number) {
        byte[] bytes = resource();
        int commit = new String(bytes, US_ASCII).indexOf(AFTER) + AFTER.length();
        bytes[commit] = (byte) Character.forDigit(number, 16);
        return new PushPayload(secret, bytes);
    }

    private PushPayload(String secret, byte[] blank) {
        this.blank = blank;
        this.idOffset = indexOf(blank, ID_SIGN) + 1;
        try {
            this.beforeId = Mac.getInstance("HmacSHA256");
            beforeId.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
        beforeId.update(blank, 0, idOffset);
    }

    private static byte[] resource() {
        try (InputStream in = PushPayload.class.getResourceAsStream("/rig/push.json")) {
            if (in == null) {
                throw new IllegalStateException("/rig/push.json: missing (expected: on the class path)");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int indexOf(byte[] bytes, byte sought) {
        int index = 0;
        while (bytes[index] != sought) {
            index++;
        }
        return index;
    }

    /** The body with an id of zeros: what every stored body must be once its id is blanked. */
    public byte[] blank() {
        return blank.clone();
    }

    /** Where the id's first digit stands, from 0. */
    public int idOffset() {
        return idOffset;
    }

    /** The id's digits, with leading zeros. */
    static byte[] digits(long id) {
        byte[] digits = NO_ID.clone();
        long rest = id;
        for (int index = ID_DIGITS - 1; rest > 0; index--) {
            digits[index] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return digits;
    }

    /** What {@code X-GitHub-Delivery} says of this id: as unique as the id. */
    static String delivery(byte[] digits) {
        String text = new String(digits, US_ASCII);
        return "51c1ce00-" + text.substring(0, 4) + "-4000-8000-" + text.substring(4);
    }

    /** The body's HMAC-SHA256 in lower-case hex. */
    String signature(byte[] digits) {
        try {
            Mac mac = (Mac) beforeId.clone();
            mac.update(digits);
            mac.update(blank, idOffset + ID_DIGITS, blank.length - idOffset - ID_DIGITS);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
