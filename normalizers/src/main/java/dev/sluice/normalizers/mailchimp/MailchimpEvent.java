package dev.sluice.normalizers.mailchimp;

import dev.sluice.normalizers.Attributes;
import dev.sluice.normalizers.EventType;
import dev.sluice.normalizers.NormalizedItem;
import dev.sluice.normalizers.body.FormBody;
import dev.sluice.normalizers.body.KeptText;
import dev.sluice.normalizers.body.Timestamps;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of an audience.
 *
 * @param fields the form's fields by their full names: {@code data[email]}
 */
record MailchimpEvent(Map<String, String> fields) {

    /** The event in a form; of a field given twice the last one counts. */
    static MailchimpEvent of(List<FormBody.Field> form) {
        Map<String, String> fields = new HashMap<>();
        form.forEach(field -> fields.put(field.name(), field.value()));
        return new MailchimpEvent(fields);
    }

    /**
     * The event as an item.
     *
     * @param fallbackId the object id where the form has none
     * @param receivedAt the date where the form tells none
     */
    NormalizedItem item(String fallbackId, Instant receivedAt) {
        String type = get("type");
        String id = objectId(type);
        String firedAt = get("fired_at");
        Instant date = firedAt == null ? null : Timestamps.parseUtcWithoutZone(firedAt);
        return new NormalizedItem(
                objectType(type),
                id == null ? fallbackId : id,
                id == null || type == null ? EventType.UNKNOWN : eventType(type),
                date == null ? receivedAt : date,
                attributes(type).toMap(),
                null);
    }

    private static String objectType(@Nullable String type) {
        if (type == null) {
            return "unknown";
        }
        return switch (type) {
            case "subscribe", "unsubscribe", "profile", "upemail", "cleaned" -> "members";
            case "campaign" -> "campaigns";
            default -> type;
        };
    }

    private @Nullable String objectId(@Nullable String type) {
        if ("upemail".equals(type)) {
            return data("new_id");
        }
        String id = data("id");
        return id == null && "cleaned".equals(type) ? subscriberHash() : id;
    }

    private EventType eventType(String type) {
        return switch (type) {
            case "subscribe" -> EventType.CREATED;
            // An unsubscribed contact stays in the audience unless the action says otherwise.
            case "unsubscribe" -> "delete".equals(data("action")) ? EventType.DELETED : EventType.UPDATED;
            default -> EventType.UPDATED;
        };
    }

    @Nullable String listId() {
        return data("list_id");
    }

    private Attributes attributes(@Nullable String type) {
        return new Attributes()
                .put("type", type)
                .put("action", data("action"))
                .put("reason", data("reason"))
                .put("status", data("status"))
                .put("listId", listId())
                .put("email", data("email"))
                .put("newEmail", data("new_email"))
                .put("oldEmail", data("old_email"))
                .put("campaignId", data("campaign_id"))
                .put("ipOpt", data("ip_opt"))
                .put("subscriberHash", subscriberHash());
    }

    /** How Mailchimp's REST paths name the contact: the MD5 of the address in lower case. */
    private @Nullable String subscriberHash() {
        String email = data("email") == null ? data("new_email") : data("email");
        if (email == null) {
            return null;
        }
        try {
            byte[] address = email.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(address));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5: not available (every Java platform has it)", e);
        }
    }

    private @Nullable String data(String name) {
        return get("data[" + name + ']');
    }

    private @Nullable String get(String name) {
        String value = fields.get(name);
        return value == null || value.isBlank() ? null : KeptText.of(value);
    }
}
