package dev.sluice.normalizers.mailchimp;

import dev.sluice.normalizers.body.FormFields;
import dev.sluice.normalizers.body.KeptText;
import dev.sluice.normalizers.body.Timestamps;
import dev.sluice.normalizers.item.Attributes;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import dev.sluice.normalizers.signature.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One change of an audience.
 *
 * @param form the fields; of one given twice the last one counts
 */
record MailchimpEvent(FormFields form) {

    /**
     * The event as an item.
     *
     * @param fallbackId the object id where the form has none
     * @param receivedAt the date where the form tells none
     */
    NormalizedItem item(String fallbackId, Instant receivedAt) {
        String type = get("type");
        String subscriberHash = subscriberHash();
        String id = objectId(type, subscriberHash);
        String firedAt = get("fired_at");
        Instant date = firedAt == null ? null : Timestamps.parseUtcWithoutZone(firedAt);
        return new NormalizedItem(
                objectType(type),
                id == null ? fallbackId : id,
                id == null || type == null ? EventType.UNKNOWN : eventType(type),
                date == null ? receivedAt : date,
                attributes(type, subscriberHash).toMap(),
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

    private @Nullable String objectId(@Nullable String type, @Nullable String subscriberHash) {
        if ("upemail".equals(type)) {
            return get("data[new_id]");
        }
        String id = get("data[id]");
        return id == null && "cleaned".equals(type) ? subscriberHash : id;
    }

    private EventType eventType(String type) {
        return switch (type) {
            case "subscribe" -> EventType.CREATED;
            // An unsubscribed contact stays in the audience unless the action says otherwise.
            case "unsubscribe" -> "delete".equals(get("data[action]")) ? EventType.DELETED : EventType.UPDATED;
            default -> EventType.UPDATED;
        };
    }

    @Nullable String listId() {
        return get("data[list_id]");
    }

    private Attributes attributes(@Nullable String type, @Nullable String subscriberHash) {
        return new Attributes()
                .put("type", type)
                .put("action", get("data[action]"))
                .put("reason", get("data[reason]"))
                .put("status", get("data[status]"))
                .put("listId", listId())
                .put("email", get("data[email]"))
                .put("newEmail", get("data[new_email]"))
                .put("oldEmail", get("data[old_email]"))
                .put("campaignId", get("data[campaign_id]"))
                .put("ipOpt", get("data[ip_opt]"))
                .put("subscriberHash", subscriberHash);
    }

    /** How Mailchimp's REST paths name the contact: the MD5 of the address in lower case. */
    private @Nullable String subscriberHash() {
        String email = get("data[email]");
        String address = email == null ? get("data[new_email]") : email;
        return address == null
                ? null
                : Digests.md5(address.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String get(String name) {
        String value = form.last(name);
        return value == null || value.isBlank() ? null : KeptText.of(value);
    }
}
