package dev.sluice.gateway.endpoint;

import dev.sluice.persistence.endpoint.EndpointCondition;
import dev.sluice.persistence.endpoint.LastFailure;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.Endpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** An endpoint as the API shows it. */
final class EndpointView {
    private EndpointView() {}

    static ObjectNode of(long instanceId, EndpointCondition condition) {
        Endpoint endpoint = condition.endpoint();
        ObjectNode view = JsonMapper.shared()
                .createObjectNode()
                .put("id", endpoint.id())
                .put("url", endpoint.url())
                .put("state", word(endpoint.state()))
                .put("reason", endpoint.reason())
                .put("changedDate", time(condition.changedAt()))
                .put("breaker", word(endpoint.breaker()))
                .put("nextProbeDate", time(condition.nextProbeAt()))
                .put("failingSinceDate", time(condition.failingSince()))
                .put("lastError", condition.lastError());
        LastFailure failure = condition.lastFailure();
        view.set("lastFailure", failure == null ? NullNode.getInstance() : failure(instanceId, failure));
        return view;
    }

    private static ObjectNode failure(long instanceId, LastFailure failure) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("date", time(failure.at()))
                .put("eventId", new EventId(instanceId, failure.eventId()).encoded())
                .put("error", failure.words());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
