package dev.sluice.gateway.demo;

import java.time.Instant;

/**
 * A notification as the demo callback got it.
 *
 * @param id the {@code webhook-id}, or a dash
 * @param summary its first items in words
 * @param bytes the body's length
 * @param elementsSignatureVerified whether {@code Elements-Webhook-Signature} fits the body
 * @param standardSignatureVerified whether {@code webhook-signature} fits id, time and body
 */
record DemoNotification(
        Instant receivedAt,
        String id,
        String summary,
        long bytes,
        boolean elementsSignatureVerified,
        boolean standardSignatureVerified) {

    /** One line for the terminal. */
    String line() {
        return "Demo callback: notification " + id + ": " + summary + " (" + bytes + " bytes)"
                + ", Elements-Webhook-Signature " + word(elementsSignatureVerified)
                + ", webhook-signature " + word(standardSignatureVerified);
    }

    private static String word(boolean verified) {
        return verified ? "verified" : "NOT verified";
    }
}
