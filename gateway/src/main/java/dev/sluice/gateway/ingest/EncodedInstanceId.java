package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The last part of a webhook URL: Base64 of the instance's decimal id, standard or URL-safe, padded or not. */
final class EncodedInstanceId {
    private static final int DIGITS_MAX = 16;

    private EncodedInstanceId() {}

    /**
     * Reads it.
     *
     * @throws NotFoundException when it is no such id
     */
    static long decode(String encoded) {
        String standard = withoutPadding(encoded).replace('-', '+').replace('_', '/');
        try {
            String digits = new String(Base64.getDecoder().decode(standard), StandardCharsets.US_ASCII);
            if (digits.isEmpty()
                    || digits.length() > DIGITS_MAX
                    || !digits.chars().allMatch(character -> character >= '0' && character <= '9')) {
                throw malformed();
            }
            return Long.parseLong(digits);
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
    }

    private static String withoutPadding(String encoded) {
        int end = encoded.length();
        while (end > 0 && encoded.charAt(end - 1) == '=') {
            end--;
        }
        return encoded.substring(0, end);
    }

    private static NotFoundException malformed() {
        return new NotFoundException(
                "Webhook URL: its last part is no instance id (expected: Base64 of the decimal id, as in the"
                        + " instance's webhookUrl)");
    }
}
