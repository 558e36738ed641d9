package dev.sluice.persistence.instance;

import org.jspecify.annotations.Nullable;

/**
 * A callback URL as configured.
 *
 * @param url absolute, http or https
 * @param loop why nothing may be sent there, because it is our own ingest URL; null for an ordinary one
 */
public record Callback(String url, @Nullable String loop) {
    /** An ordinary callback URL. */
    public static Callback to(String url) {
        return new Callback(url, null);
    }
}
