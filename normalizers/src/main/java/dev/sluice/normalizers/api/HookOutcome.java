package dev.sluice.normalizers.api;

import org.jspecify.annotations.Nullable;

/** What registering a webhook came to. */
public sealed interface HookOutcome {

    /**
     * It stands.
     *
     * @param id what checks and deletes it; not to be taken apart
     * @param secret the key the provider signs with where it chose that itself, else null; told only this once
     */
    record Registered(String id, @Nullable String secret) implements HookOutcome {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Registered[id=" + id + ']';
        }
    }

    /** One with the same address or target stands already. */
    record AlreadyThere() implements HookOutcome {}

    /**
     * It does not stand.
     *
     * @param status the HTTP status
     * @param message the provider's words, cut, or empty
     */
    record Refused(int status, String message) implements HookOutcome {}
}
