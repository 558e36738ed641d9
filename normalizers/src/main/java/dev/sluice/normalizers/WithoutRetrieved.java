package dev.sluice.normalizers;

import dev.sluice.normalizers.api.ProviderApi;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An element whose items never have the event type RETRIEVED: it reads UPDATED instead. */
record WithoutRetrieved(Element element) implements Element {

    @Override
    public boolean tellsOfRetrievals() {
        return false;
    }

    @Override
    public ElementDescriptor descriptor() {
        return element.descriptor();
    }

    @Override
    public List<ConfigurationField> configuration() {
        return element.configuration();
    }

    @Override
    public Verification verify(Webhook webhook, Settings settings, Instant receivedAt) {
        return element.verify(webhook, settings, receivedAt);
    }

    @Override
    public Intake read(Webhook webhook, Settings settings, Instant receivedAt) {
        Intake intake = element.read(webhook, settings, receivedAt);
        return intake instanceof Intake.Event event
                ? new Intake.Event(event.dedupeKeys(), event.items().map(WithoutRetrieved::updated), event.marks())
                : intake;
    }

    @Override
    public List<Owner> owners(Webhook webhook) {
        return element.owners(webhook);
    }

    @Override
    public List<String> warnings(Settings settings) {
        return element.warnings(settings);
    }

    @Override
    public List<List<String>> ownerSettings() {
        return element.ownerSettings();
    }

    @Override
    public Optional<Webhook> share(Webhook webhook, Settings settings) {
        return element.share(webhook, settings);
    }

    @Override
    public byte[] raw(String contentType, byte[] body) {
        return element.raw(contentType, body);
    }

    @Override
    public List<String> setupSteps(String webhookUrl) {
        return element.setupSteps(webhookUrl);
    }

    @Override
    public ProviderApi api() {
        return element.api();
    }

    @Override
    public Samples samples() {
        return element.samples();
    }

    private static NormalizedItem updated(NormalizedItem item) {
        return item.eventType() == EventType.RETRIEVED
                ? new NormalizedItem(
                        item.objectType(),
                        item.objectId(),
                        EventType.UPDATED,
                        item.date(),
                        item.attributes(),
                        item.dedupeKey())
                : item;
    }
}
