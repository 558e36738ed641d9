package dev.sluice.gateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.delivery.explanation.AttemptWords;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.eventlog.StoredEvent;
import dev.sluice.persistence.search.EventStatus;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An event and its attempts as the API shows them: the original's fields, and ours that say what went wrong. */
final class EventView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private EventView() {}

    static ObjectNode of(StoredEvent event, EventStatus status, String elementKey) {
        ObjectNode view = JSON.createObjectNode();
        long instanceId = event.id().instanceId();
        String encodedId = WebhookAddress.encodedId(instanceId);
        view.put("id", event.id().encoded());
        view.put(
                "eventDate",
                event.id().receivedAt().truncatedTo(ChronoUnit.MILLIS).toString());
        view.put("status", status.name());
        view.put("elementKey", elementKey);
        view.put("instanceId", instanceId);
        view.put("encodedId", encodedId);
        view.put("providerData", new String(event.body().bytes(), UTF_8));
        view.set("notifiedData", items(event, elementKey));
        ObjectNode perInstance = view.putArray("eventElementInstances").addObject();
        perInstance.put("elementInstanceId", instanceId);
        perInstance.put("encodedId", encodedId);
        perInstance.putObject("notifiedData").set("events", items(event, elementKey));
        view.put("failure", event.failure());
        return view;
    }

    private static ArrayNode items(StoredEvent event, String elementKey) {
        ArrayNode items = JSON.createArrayNode();
        for (EventItem item : event.items()) {
            ObjectNode view = items.addObject();
            view.put("date", item.date().toString());
            view.put("elementKey", elementKey);
            view.put("eventType", item.eventType());
            view.put("objectId", item.objectId());
            view.put("objectType", item.objectType());
            if (!item.attributes().isEmpty()) {
                ObjectNode attributes = view.putObject("attributes");
                new TreeMap<>(item.attributes()).forEach(attributes::put);
            }
        }
        return items;
    }

    static ObjectNode of(AddressedAttempt addressed) {
        Attempt attempt = addressed.attempt();
        ObjectNode view = JSON.createObjectNode();
        Attempt.Ending ending = attempt.ending();
        view.put("webhookId", attempt.delivery().encoded());
        view.put("endpointId", attempt.delivery().endpointId());
        view.put("url", addressed.url());
        view.put("part", attempt.delivery().part());
        view.put("attempt", attempt.number());
        view.put("attemptedDate", attempt.at().truncatedTo(ChronoUnit.MILLIS).toString());
        view.put("outcome", attempt.outcome());
        view.put("ending", ending == null ? null : ending.name().toLowerCase(Locale.ROOT));
        view.put("status", attempt.status());
        view.put("durationMillis", attempt.duration().toNanos() / 1_000_000.0);
        view.put(
                "response",
                attempt.response() == null
                        ? null
                        : new String(attempt.response().bytes(), UTF_8));
        view.put("error", AttemptWords.of(attempt));
        return view;
    }
}
