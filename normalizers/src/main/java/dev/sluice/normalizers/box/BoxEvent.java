package dev.sluice.normalizers.box;

import dev.sluice.normalizers.Mark;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.body.Shape;
import dev.sluice.normalizers.item.Attributes;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A version 2 webhook.
 *
 * @param body what is kept of the body
 * @param trigger what happened: {@code FILE.UPLOADED}
 * @param fallbackId the object id where the body has neither a source nor a webhook
 * @param receivedAt the date where the body tells none
 */
record BoxEvent(Outline body, String trigger, String fallbackId, Instant receivedAt) {
    static final Shape SHAPE = Shape.of("id", "created_at", "trigger")
            .with("webhook", Shape.of("id"))
            .with("created_by", Shape.of("id", "login"))
            .with(
                    "source",
                    Shape.of("id", "type", "name", "etag", "sequence_id")
                            .with("parent", Shape.of("id"))
                            .with("item", Shape.of("id", "type"))
                            .with("path_collection", Shape.SCALAR.withList("entries", Shape.of("id", "name"))));

    static final String WEBHOOK_DELETED = "WEBHOOK.DELETED";
    static final String NO_ACTIVE_SESSION = "NO_ACTIVE_SESSION";

    private static final Map<String, EventType> TYPES = Map.ofEntries(
            Map.entry("FILE.PREVIEWED", EventType.RETRIEVED),
            Map.entry("FILE.DOWNLOADED", EventType.RETRIEVED),
            Map.entry("FOLDER.DOWNLOADED", EventType.RETRIEVED),
            Map.entry("SIGN_REQUEST.SIGNATURE_REQUESTED", EventType.CREATED),
            Map.entry("DOCGEN_DOCUMENT_GENERATION_STARTED", EventType.CREATED));

    NormalizedItem item() {
        Outline source = body.object("source");
        String sourceId = source == null ? null : source.text("id");
        String id = sourceId == null ? body.text("webhook", "id") : sourceId;
        Instant createdAt = body.instant("created_at");
        return new NormalizedItem(
                objectType(),
                id == null ? fallbackId : id,
                trigger.isEmpty() ? EventType.UNKNOWN : eventType(source),
                createdAt == null ? receivedAt : createdAt,
                attributes(source == null ? Outline.EMPTY : source).toMap(),
                null);
    }

    List<Mark> marks() {
        return switch (trigger) {
            case WEBHOOK_DELETED -> List.of(Mark.WEBHOOK_REMOVED);
            case NO_ACTIVE_SESSION -> List.of(Mark.REAUTHENTICATION_NEEDED);
            default -> List.of();
        };
    }

    private String objectType() {
        if (trigger.isEmpty()) {
            return "unknown";
        }
        if (trigger.equals(NO_ACTIVE_SESSION)) {
            return "webhook";
        }
        if (trigger.startsWith("DOCGEN_")) {
            return "docgen";
        }
        int dot = trigger.indexOf('.');
        return (dot > 0 ? trigger.substring(0, dot) : trigger).toLowerCase(Locale.ROOT);
    }

    private EventType eventType(@Nullable Outline source) {
        if (trigger.equals("FILE.UPLOADED") && source != null && isNewVersion(source)) {
            return EventType.UPDATED;
        }
        EventType type = TYPES.get(trigger);
        return type == null ? bySuffix() : type;
    }

    private EventType bySuffix() {
        if (endsWithAny("CREATED", "UPLOADED", "COPIED", "RESTORED")) {
            return EventType.CREATED;
        }
        return endsWithAny("DELETED", "REMOVED", "TRASHED") ? EventType.DELETED : EventType.UPDATED;
    }

    private boolean endsWithAny(String... suffixes) {
        for (String suffix : suffixes) {
            if (trigger.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNewVersion(Outline source) {
        return isPositive(source.text("etag")) || isPositive(source.text("sequence_id"));
    }

    /** Box counts versions from 0, as text. */
    private static boolean isPositive(@Nullable String number) {
        return number != null
                && number.chars().allMatch(Character::isDigit)
                && number.chars().anyMatch(c -> c != '0');
    }

    private Attributes attributes(Outline source) {
        return new Attributes()
                .put("trigger", trigger.isEmpty() ? null : trigger)
                .put("actor", body.text("created_by", "login"))
                .put("actorId", body.text("created_by", "id"))
                .put("webhookId", body.text("webhook", "id"))
                .put("sourceType", source.text("type"))
                .put("name", source.text("name"))
                .put("parentId", source.text("parent", "id"))
                .put("path", path(source))
                .put("itemId", source.text("item", "id"))
                .put("itemType", source.text("item", "type"));
    }

    /** The folders above, without the root that every path has. */
    private static @Nullable String path(Outline source) {
        Outline collection = source.object("path_collection");
        if (collection == null) {
            return null;
        }
        StringJoiner path = new StringJoiner("/");
        for (Outline folder : collection.list("entries")) {
            String name = folder.text("name");
            if (name != null && !"0".equals(folder.text("id"))) {
                path.add(name);
            }
        }
        return path.length() == 0 ? null : path.toString();
    }
}
