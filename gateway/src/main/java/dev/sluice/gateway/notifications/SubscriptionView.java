package dev.sluice.gateway.notifications;

import dev.sluice.gateway.delivery.notification.Recipient;
import dev.sluice.persistence.notification.Subscription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A subscription as the original shows it, and what we add: whose it is, and why it is not active. */
final class SubscriptionView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private SubscriptionView() {}

    static ObjectNode of(Subscription subscription) {
        ObjectNode view = JSON.createObjectNode();
        view.put("id", subscription.id());
        view.put("channel", "webhook");
        view.putArray("topics").add(Recipient.topic(subscription.instanceId(), subscription.elementKey()));
        view.putObject("config").put("url", subscription.url());
        view.put("active", subscription.active());
        view.put("instanceId", subscription.instanceId());
        view.put("reason", reason(subscription));
        view.put("createdDate", time(subscription.createdAt()));
        view.put("updatedDate", time(subscription.changedAt()));
        return view;
    }

    private static @Nullable String reason(Subscription subscription) {
        return subscription.reason() == null && subscription.instanceDisabled()
                ? "The instance is disabled."
                : subscription.reason();
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
