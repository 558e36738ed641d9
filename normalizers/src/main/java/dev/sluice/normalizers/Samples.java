package dev.sluice.normalizers;

import java.time.Instant;
import java.util.List;

/** Webhooks as a provider sends them, to try an instance with. */
public interface Samples {
    /** One a type that the provider documents, what is tried most first: {@code push.commits}. */
    List<String> types();

    /**
     * What the provider would send, signed with the first of the keys that the settings hold.
     *
     * @param type one of {@link #types}
     * @param settings the instance's, with secrets; without keys the webhook is unsigned
     * @param number makes it another event than every other number does
     * @param sentAt the time it is signed with, where the provider signs one
     * @throws IllegalArgumentException when there is no such type
     */
    SampleWebhook webhook(String type, Settings settings, long number, Instant sentAt);
}
