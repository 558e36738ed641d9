package dev.sluice.normalizers;

import dev.sluice.normalizers.api.ProviderApi;
import dev.sluice.normalizers.item.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A provider type: how its webhooks are signed and what they mean. Implementations hold no state and may be called from
 * any thread. A new one needs its package and one registration line (see {@link Elements}), nothing else.
 */
public interface Element {

    /** What the catalog shows of this element. */
    ElementDescriptor descriptor();

    /** The configuration an instance takes, in the order of the form: it drives validation, metadata and form alike. */
    List<ConfigurationField> configuration();

    /**
     * Checks the signature over the bytes as received, in constant time for each key.
     *
     * @param receivedAt when the request arrived, for schemes with a time window
     */
    Verification verify(Webhook webhook, Settings settings, Instant receivedAt);

    /**
     * Reads a verified webhook once: is it a handshake, or what happened and how do we know a repeat?
     *
     * @param receivedAt the date of items that carry none
     * @throws MalformedBodyException when the body is not what its content type says; an unknown type of event is no
     *     error, the general rule applies
     */
    Intake read(Webhook webhook, Settings settings, Instant receivedAt);

    /**
     * Whether items may have the event type {@link EventType#RETRIEVED}, which is made UPDATED unless the installation
     * asks for it.
     */
    default boolean tellsOfRetrievals() {
        return false;
    }

    /**
     * The body as JSON for {@code message.raw}: JSON bodies as the very bytes received, forms as the object they mean. An
     * event that came as a query without a body is to be stored with its query string as a form.
     *
     * @param contentType the media type stored with the body, empty when none was given
     * @param body the stored bytes; returned as they are when they are JSON
     */
    byte[] raw(String contentType, byte[] body);

    /**
     * Whose webhook it is, for the URL that all instances of an element share; on an instance's own URL its id alone
     * decides. Nothing is verified here: the webhook is stored for each instance whose own key verifies it.
     *
     * @return the owners, any of which may be several instances; empty when the body does not tell, or the provider has
     *     no shared URL
     * @throws MalformedBodyException when the body is not what its content type says
     */
    default List<Owner> owners(Webhook webhook) {
        return List.of();
    }

    /**
     * What a person has to enter where at the provider, step by step, so that its webhooks come; for instances whose
     * webhooks we do not register ourselves.
     *
     * @param webhookUrl the instance's own
     */
    default List<String> setupSteps(String webhookUrl) {
        return List.of("At the provider, enter this as the address of a webhook: " + webhookUrl);
    }

    /**
     * What an instance's owner should know about its configuration: allowed, and probably not meant.
     *
     * @return sentences without secrets; empty when all is well
     */
    default List<String> warnings(Settings settings) {
        return List.of();
    }

    /**
     * The settings that {@link #owners} names together, one list for each kind of owner in the same order as its keys.
     * Instances are found by them without looking through all, so what is missing here is never found.
     */
    default List<List<String>> ownerSettings() {
        return List.of();
    }

    /**
     * What an instance may see of a webhook on the shared URL: all of it, unless the provider puts several owners' events
     * into one. The signature is over the whole, and is checked before.
     *
     * @return the webhook, or one with only what is the instance's; empty when nothing of it is
     */
    default Optional<Webhook> share(Webhook webhook, Settings settings) {
        return Optional.of(webhook);
    }

    /** What can be asked of the provider: tokens, the account, its webhooks. */
    default ProviderApi api() {
        return ProviderApi.NONE;
    }

    /** Webhooks as the provider sends them, to try an instance with; none unless an element brings some. */
    default Samples samples() {
        return new NoSamples();
    }
}
