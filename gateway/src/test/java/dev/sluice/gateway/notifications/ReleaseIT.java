package dev.sluice.gateway.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.redelivery.SendingGateway;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** What waits or has failed, and orders to send it. */
final class ReleaseIT extends NotificationRig {
    ReleaseIT(SendingGateway gateway) {
        super(gateway);
    }

    @Test
    void showsAFailureAsRetryAndTheNextSuccessAsDelivered() {
        inbox.answers(502);
        String event = gateway.send(instance);
        JsonNode failed = awaitOne("retry");
        String path = pathOf(failed);

        JsonNode hydrated = gateway.get(path + "?hydrate=true");
        assertThat(hydrated.at("/status").asString()).isEqualTo("retry");
        assertThat(hydrated.at("/notification/id").asString()).isEqualTo(nid(failed));
        assertThat(hydrated.at("/notification/message/eventId").asString()).isEqualTo(event);
        assertThat(hydrated.at("/subscription/config/url").asString()).isEqualTo(inbox.url());
        assertThat(hydrated.at("/updatedDate").asString())
                .isGreaterThanOrEqualTo(hydrated.at("/createdDate").asString());
        assertThat(gateway.get("/notifications/" + nid(failed) + "/subscriptions/deliveries"))
                .hasSize(1);

        inbox.answers(200);
        JsonNode sent = gateway.put(where("status='retry' and config.url='" + inbox.url() + "'"));
        assertThat(sent).extracting(NotificationRig::nid).containsExactly(nid(failed));
        awaitStatus(failed, "delivered");
        assertThat(inbox.ids()).containsOnly(nid(failed)).hasSize(2);
    }

    @Test
    void queuesWhatHasUsedUpItsRetriesAndSendsItWhenOrdered() {
        inbox.answers(500);
        String event = gateway.send(instance);
        JsonNode failed = awaitOne("retry");
        gateway.put(where("status='retry' and config.url='" + inbox.url() + "'"));
        // Queued from the moment that its endpoint is deactivated, which is before the attempt is written that ends it.
        awaitEvent(event, "FAILED");
        awaitStatus(failed, "queued");

        inbox.answers(200);
        gateway.put(where("channel='webhook' and status='queued' and config.url='" + inbox.url() + "'"));

        awaitStatus(failed, "delivered");
        awaitEvent(event, "NOTIFIED");
    }

    @Test
    void reactivatesADeactivatedSubscriptionAndSendsItsQueue() {
        inbox.answers(500);
        gateway.send(instance);
        JsonNode waiting = awaitOne("retry");
        inbox.answers(410);
        gateway.send(instance);
        JsonNode refused = awaitOne("failed");
        awaitStatus(waiting, "queued");
        String subscription =
                SUBSCRIPTIONS + "/" + waiting.get("subscriptionId").asString();
        assertThat(gateway.get(subscription).get("active").asBoolean()).isFalse();
        assertThat(gateway.get(subscription).get("reason").asString()).contains("410");

        inbox.answers(200);
        gateway.put(where("channel='webhook' and status='queued' and config.url='" + inbox.url() + "'"));

        awaitStatus(waiting, "delivered");
        assertThat(gateway.get(subscription).get("active").asBoolean()).isTrue();
        assertThat(gateway.get(pathOf(refused)).get("status").asString()).isEqualTo("failed");
        gateway.put(where("status='failed' and config.url='" + inbox.url() + "'"));
        awaitStatus(refused, "delivered");
    }

    @Test
    void keepsWhatFailedWhereTheAccountWantsItQueued() {
        setFailurePolicy("queue");
        try {
            instance = gateway.instance(inbox.url());
            inbox.answers(502);
            gateway.send(instance);
            JsonNode failed = awaitOne("queued");
            gateway.send(instance);
            await().atMost(PATIENCE)
                    .until(() -> gateway.get(where("status='queued' and config.url='" + inbox.url() + "'"))
                                    .size()
                            == 2);

            inbox.answers(200);
            JsonNode sent =
                    gateway.put(where("channel='webhook' and status='queued' and config.url='" + inbox.url() + "'"));

            assertThat(sent).hasSize(2);
            awaitStatus(failed, "delivered");
            await().atMost(PATIENCE).until(() -> inbox.ids().size() == 3);
            assertThat(inbox.ids().get(0)).isEqualTo(nid(failed));
        } finally {
            setFailurePolicy("retry");
        }
    }

    private void setFailurePolicy(String policy) {
        gateway.send(
                HttpMethod.PATCH,
                "/accounts/settings",
                "{\"notification.webhook.failure.policy\": \"" + policy + "\"}");
    }

    @Test
    void queuesWhatADisabledInstanceIsOwed() {
        inbox.answers(500);
        gateway.send(instance);
        JsonNode waiting = awaitOne("retry");

        gateway.delete("/instances/" + instance + "/enabled");

        assertThat(gateway.get(pathOf(waiting)).get("status").asString()).isEqualTo("queued");
        assertThat(gateway.get(pathOf(waiting) + "?hydrate=true")
                        .at("/subscription/active")
                        .asBoolean())
                .isFalse();
    }

    private void awaitEvent(String id, String status) {
        await().atMost(PATIENCE)
                .until(
                        () -> gateway.get("/instances/events/" + id)
                                .get("status")
                                .asString(),
                        status::equals);
    }
}
