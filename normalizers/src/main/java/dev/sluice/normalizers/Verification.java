package dev.sluice.normalizers;

/** What checking a webhook's signature came to. */
public sealed interface Verification {

    /** A configured key matches. */
    record Verified() implements Verification {}

    /** No key is configured, so nothing could be checked. */
    record Unsigned() implements Verification {}

    /**
     * A key is configured and the webhook does not prove it.
     *
     * @param reason what was found and what was expected, without any key or digest: it is shown to the sender
     */
    record Refused(String reason) implements Verification {}
}
