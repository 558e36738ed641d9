package dev.sluice.gateway.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.redelivery.Inbox;
import dev.sluice.gateway.redelivery.SendingGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;

/**
 * Down to the callback: a failed delivery is tried again in an hour and no more, so that only an order sends it sooner. All
 * tests share one gateway; each has an instance and a callback of its own.
 */
@ExtendWith(NotificationRig.Shared.class)
abstract class NotificationRig {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String NOTIFICATIONS = "/notifications";
    static final String SUBSCRIPTIONS = "/notifications/subscriptions";
    static final String DELIVERIES = "/notifications/subscriptions/deliveries";

    final SendingGateway gateway;
    final Inbox inbox = new Inbox();
    String instance;

    NotificationRig(SendingGateway gateway) {
        this.gateway = gateway;
    }

    /** Starts it with the first of the tests. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SendingGateway.class;
        }

        @Override
        public SendingGateway resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(NotificationRig.class))
                    .computeIfAbsent(SendingGateway.class, unused -> start(), SendingGateway.class);
        }

        private static SendingGateway start() {
            try {
                return SendingGateway.start(
                        Files.createTempDirectory("notifications"),
                        "--sluice.delivery.retry.schedule=1h",
                        "--sluice.api.burst=100000");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @BeforeEach
    void createInstance() {
        instance = gateway.instance(inbox.url());
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    JsonNode awaitOne(String status) {
        String query = where("status='" + status + "' and config.url='" + inbox.url() + "'");
        return await().atMost(PATIENCE)
                .until(() -> gateway.get(query), found -> found.size() == 1)
                .get(0);
    }

    void awaitStatus(JsonNode delivery, String status) {
        await().atMost(PATIENCE)
                .until(() -> gateway.get(pathOf(delivery)).get("status").asString(), status::equals);
    }

    static String nid(JsonNode delivery) {
        return delivery.get("notificationId").asString();
    }

    static String pathOf(JsonNode delivery) {
        return NOTIFICATIONS + "/" + nid(delivery) + "/subscriptions/"
                + delivery.get("subscriptionId").asString() + "/deliveries";
    }

    static String where(String clause) {
        return DELIVERIES + "?where=" + URLEncoder.encode(clause, UTF_8);
    }
}
