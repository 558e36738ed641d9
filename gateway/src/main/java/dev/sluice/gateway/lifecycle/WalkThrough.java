package dev.sluice.gateway.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.demo.DemoKeys;
import dev.sluice.gateway.lifecycle.storage.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * The lines a newcomer pastes into a shell: an instance, a webhook as its provider sends it, and what became of it. They
 * stand in {@code resources/walk-through}, with names in braces for what differs.
 */
record WalkThrough(String baseUrl, Credentials credentials) {

    /** The lines; every one is complete in itself. */
    String lines() {
        String webhook = oneLine("webhook.json");
        String instance = filled(
                oneLine("instance.json"),
                Map.of(
                        "callback", baseUrl + DemoKeys.CALLBACK_PATH,
                        "notificationKey", DemoKeys.NOTIFICATION,
                        "webhookKey", DemoKeys.WEBHOOK));
        return filled(
                text("lines.txt"),
                Map.of(
                        "user",
                        credentials.user().inShell("SLUICE_USER_SECRET"),
                        "organization",
                        credentials.organization().inShell("SLUICE_ORGANIZATION_SECRET"),
                        "base",
                        baseUrl,
                        "instance",
                        instance,
                        "signature",
                        DemoKeys.webhookSignature(webhook),
                        "webhook",
                        webhook));
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace('{' + value.getKey() + '}', value.getValue());
        }
        return filled;
    }

    private static String oneLine(String file) {
        return text(file).replace("\n", "");
    }

    private static String text(String file) {
        try (InputStream text =
                Objects.requireNonNull(WalkThrough.class.getResourceAsStream("/walk-through/" + file), file)) {
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
