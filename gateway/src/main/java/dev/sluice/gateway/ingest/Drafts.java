package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.instance.Instance;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes of a verified webhook what goes into the log. */
final class Drafts {
    private static final String NOT_NORMALISED = "unknown";

    private Drafts() {}

    /** A webhook that was understood. */
    static EventDraft understood(Instance instance, Received received, Intake.Event event, List<NormalizedItem> items) {
        return new EventDraft(
                instance.organizationId(),
                instance.id(),
                owedTo(instance),
                received.contentType(),
                received.headers(),
                received.content(),
                items.stream().map(Drafts::item).toList(),
                dedupe(event, items),
                null,
                isOrdered(instance));
    }

    /**
     * A verified webhook that the normalizer failed on: its owner gets it all the same, raw, marked, as one item of type
     * UNKNOWN.
     */
    static EventDraft notUnderstood(Instance instance, Received received, Throwable fault) {
        Body content = received.content();
        EventItem item =
                new EventItem(NOT_NORMALISED, NOT_NORMALISED, EventType.UNKNOWN.name(), received.at(), Map.of());
        return new EventDraft(
                instance.organizationId(),
                instance.id(),
                owedTo(instance),
                received.contentType(),
                received.headers(),
                content,
                List.of(item),
                new Dedupe.ByWebhook(List.of(hash(content.bytes()))),
                "The normalizer failed: " + fault.getClass().getSimpleName(),
                isOrdered(instance));
    }

    private static boolean isOrdered(Instance instance) {
        String ordering = instance.configuration().getOrDefault(SettingKeys.ORDERING, "");
        return ordering.trim().equalsIgnoreCase(SettingKeys.ORDERING_BY_OBJECT);
    }

    /** Nobody while the instance is disabled or its events are switched off: then it is stored only. */
    private static List<Long> owedTo(Instance instance) {
        boolean enabled = Boolean.parseBoolean(instance.configuration().get(SettingKeys.EVENTS_ENABLED));
        return enabled && !instance.disabled() ? instance.owedEndpointIds() : List.of();
    }

    private static EventItem item(NormalizedItem item) {
        return new EventItem(
                item.objectType(), item.objectId(), item.eventType().name(), item.date(), item.attributes());
    }

    private static Dedupe dedupe(Intake.Event event, List<NormalizedItem> items) {
        boolean byItem = event.dedupeKeys().isEmpty()
                && !items.isEmpty()
                && items.stream().allMatch(item -> item.dedupeKey() != null);
        return byItem
                ? new Dedupe.ByItem(items.stream()
                        .map(item -> Objects.requireNonNull(item.dedupeKey()))
                        .toList())
                : new Dedupe.ByWebhook(event.dedupeKeys());
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
