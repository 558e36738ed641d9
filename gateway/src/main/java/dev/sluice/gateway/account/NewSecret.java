package dev.sluice.gateway.account;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Secrets as the original's look: clients may check their form. */
final class NewSecret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private NewSecret() {}

    /** 256 random bits in Base64. */
    static String ofUser() {
        return Base64.getEncoder().encodeToString(random(32));
    }

    /** 128 random bits as 32 hex digits. */
    static String ofOrganization() {
        return HexFormat.of().formatHex(random(16));
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }
}
