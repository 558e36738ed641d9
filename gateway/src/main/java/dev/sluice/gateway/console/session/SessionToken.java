package dev.sluice.gateway.console.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a browser shows to be known again: 256 random bits in a cookie that scripts cannot read.
 *
 * @param value Base64 for URLs, 43 characters; secret
 */
public record SessionToken(String value) {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one. Whoever signs in gets a new one, so that nobody can know it before. */
    public static SessionToken random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What our forms show besides: another site can send the cookie, but does not know this. */
    String formToken() {
        return proofOf("form");
    }

    /** What proves, to whoever gets it back, that this session once said it; it does not tell the form's. */
    public String proofOf(String what) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(what.getBytes(UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("HmacSHA256: not available in this Java runtime", missing);
        }
    }

    /** Whether a form shows what ours do, found out in a time that tells nothing. */
    boolean isProvenBy(String shown) {
        return isProvenBy("form", shown);
    }

    /** Whether that is the session's proof of it. */
    public boolean isProvenBy(String what, String shown) {
        return MessageDigest.isEqual(proofOf(what).getBytes(UTF_8), shown.getBytes(UTF_8));
    }

    /** Without the token, which is secret. */
    @Override
    public String toString() {
        return "SessionToken";
    }
}
