package dev.sluice.persistence.instance;

import java.security.SecureRandom;
import java.util.Base64;

/** What nobody may guess of an instance: its id, which stands in its webhook URL, and its token. */
final class Unguessable {
    private static final long JAVASCRIPT_SAFE = 1L << 53;
    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** An id that a JavaScript number holds exactly, 1 or more. */
    long id() {
        return random.nextLong(1, JAVASCRIPT_SAFE);
    }

    String token() {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return Base64.getEncoder().encodeToString(token);
    }
}
