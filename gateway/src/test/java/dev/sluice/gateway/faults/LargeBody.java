package dev.sluice.gateway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A push of just under 25 MB whose parts are shared by all, so that forty of them cost the sender no memory.
 *
 * @param id in its last part
 */
record LargeBody(int id) {
    /** What a whole one weighs. */
    static final int BYTES = 25_000_000;

    private static final int BLOCK_BYTES = 1_000_000;
    private static final byte[] BEGINNING = ("{\"ref\":\"refs/heads/main\",\"after\":\"" + "5".repeat(40)
                    + "\",\"created\":false,\"files\":[")
            .getBytes(US_ASCII);
    private static final byte[] BLOCK = block(BLOCK_BYTES);
    private static final int ENDING_BYTES = ending(0).length;
    private static final int BLOCKS = (BYTES - BEGINNING.length - ENDING_BYTES) / BLOCK_BYTES;
    private static final byte[] REST = block(BYTES - BEGINNING.length - ENDING_BYTES - BLOCKS * BLOCK_BYTES);

    private static byte[] block(int bytes) {
        return ("\"" + "tide table ".repeat(bytes / 11 + 1).substring(0, bytes - 3) + "\",").getBytes(US_ASCII);
    }

    private static byte[] ending(int id) {
        return "\"#%016d\"]}".formatted(id).getBytes(US_ASCII);
    }

    /** The body, piece by piece. */
    List<byte[]> pieces() {
        return Stream.of(List.of(BEGINNING), Collections.nCopies(BLOCKS, BLOCK), List.of(REST, ending(id)))
                .flatMap(List::stream)
                .toList();
    }

    /** Where the id's digits begin, from 0. */
    static int idOffset() {
        return BYTES - ENDING_BYTES + 2;
    }

    /** The one with an id of zeros, in one piece. */
    static byte[] blank() {
        byte[] whole = new byte[BYTES];
        int offset = 0;
        for (byte[] piece : new LargeBody(0).pieces()) {
            System.arraycopy(piece, 0, whole, offset, piece.length);
            offset += piece.length;
        }
        return whole;
    }

    /** The value of {@code X-Hub-Signature-256}. */
    String signature(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            pieces().forEach(mac::update);
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
