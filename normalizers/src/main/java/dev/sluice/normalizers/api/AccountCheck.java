package dev.sluice.normalizers.api;

import java.util.Map;

/** A call that tells whether credentials are good, and what has to be kept of the account. */
public interface AccountCheck {

    /**
     * The call.
     *
     * @param uri where it goes: {@link #defaultUri}, or what the installation says instead
     * @param credential the access token, or the API key
     */
    ProviderRequest request(String uri, String credential);

    /** Where the call goes unless the installation says otherwise. */
    String defaultUri();

    /** What its answer says. */
    Outcome outcome(ProviderResponse response);

    /** What a check came to. */
    sealed interface Outcome {
        /**
         * The credentials are good.
         *
         * @param settings what to add to the instance's configuration, by key
         */
        record Good(Map<String, String> settings) implements Outcome {}

        /**
         * Whether they are good cannot be told, which is no reason to refuse an instance.
         *
         * @param warning what the instance's owner should know
         */
        record Doubtful(String warning) implements Outcome {}

        /**
         * They are not.
         *
         * @param message the provider's reason
         */
        record Bad(String message) implements Outcome {}
    }
}
