package dev.sluice.normalizers.box;

import dev.sluice.normalizers.signature.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * The form of a body that Box signs in place of the bytes it sends: each character from U+007F to U+FFFF as a
 * {@code \}{@code uxxxx} escape, and a backslash before each slash that has none. Box's own libraries accept both. Fed
 * to the digest piece by piece, because it is up to six times as long as the body.
 */
final class EscapedBody {
    private static final int PIECE_BYTES = 8_192;
    private static final int LONGEST_STEP_BYTES = 12;

    private final Mac mac;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;

    private EscapedBody(Mac mac) {
        this.mac = mac;
    }

    /** The digest of the escaped body followed by the time. */
    static byte[] digest(byte[] key, byte[] body, byte[] time) {
        Mac mac = Hmac.SHA256.keyed(key);
        new EscapedBody(mac).update(body);
        return mac.doFinal(time);
    }

    private void update(byte[] body) {
        int i = 0;
        while (i < body.length) {
            int length = Math.min(lengthOfCharacter(body[i]), body.length - i);
            if (length > 1 || body[i] == 0x7f) {
                escape(new String(body, i, length, StandardCharsets.UTF_8));
            } else {
                if (body[i] == '/' && (i == 0 || body[i - 1] != '\\')) {
                    piece[filled++] = '\\';
                }
                piece[filled++] = body[i];
            }
            i += length;
            if (filled > PIECE_BYTES - LONGEST_STEP_BYTES) {
                mac.update(piece, 0, filled);
                filled = 0;
            }
        }
        mac.update(piece, 0, filled);
    }

    /** One character of the body: two Java characters at most, unless its bytes are no UTF-8. */
    private void escape(String character) {
        for (int i = 0; i < Math.min(2, character.length()); i++) {
            piece[filled++] = '\\';
            piece[filled++] = 'u';
            for (char digit : HexFormat.of().toHexDigits(character.charAt(i)).toCharArray()) {
                piece[filled++] = (byte) digit;
            }
        }
    }

    private static int lengthOfCharacter(byte lead) {
        int unsigned = lead & 0xff;
        if (unsigned < 0xc0) {
            return 1;
        }
        return unsigned < 0xe0 ? 2 : unsigned < 0xf0 ? 3 : 4;
    }
}
