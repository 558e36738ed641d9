package dev.sluice.gateway.events;

import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.search.FoundEvent;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of an event, told attempt by attempt. What failed begins with the words that the original had for it. */
final class DispositionView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private DispositionView() {}

    static ObjectNode of(FoundEvent event, Collection<AddressedAttempt> attempts) {
        ObjectNode view = JSON.createObjectNode();
        view.put("eventId", event.id().encoded());
        view.put("elementInstanceId", event.id().instanceId());
        view.put("status", event.status().name());
        ArrayNode messages = view.putArray("notificationData");
        if (attempts.isEmpty()) {
            messages.addObject().put("message", "Stored event " + event.id() + ": nothing was sent yet.");
        }
        attempts.forEach(each -> messages.addObject()
                .put("message", message(each.attempt(), Objects.requireNonNullElse(each.url(), "a former URL"))));
        return view;
    }

    private static String message(Attempt attempt, String url) {
        String event = "event " + attempt.delivery().eventId() + " to " + url + ": ";
        Ending ending = attempt.ending();
        if (ending == Ending.DELIVERED) {
            return "Delivered " + event + what(attempt) + ".";
        }
        String then = ending == null ? "Another attempt follows" : "Given up: " + reason(ending);
        return "Error delivering " + event + what(attempt) + ". " + then + ".";
    }

    private static String what(Attempt attempt) {
        String answer = attempt.status() == null ? attempt.outcome() : attempt.outcome() + " with " + attempt.status();
        String told = attempt.error() == null ? "" : " (" + attempt.error() + ")";
        return attempt.made()
                ? answer + told + ", attempt " + attempt.number() + " at "
                        + attempt.at().truncatedTo(ChronoUnit.MILLIS) + ", "
                        + attempt.duration().toMillis() + " ms"
                : "no attempt was made" + told;
    }

    private static String reason(Ending ending) {
        return switch (ending) {
            case EXHAUSTED -> "its retries are used up";
            case GONE -> "the callback wants nothing more";
            case DELETED -> "the subscription is gone";
            case EXPIRED -> "the event has left retention";
            default -> ending.name().toLowerCase(Locale.ROOT);
        };
    }
}
