package dev.sluice.gateway.endpoint;

import dev.sluice.persistence.endpoint.EndpointCondition;
import dev.sluice.persistence.instance.Endpoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An endpoint as the API shows it. */
final class EndpointView {
    private EndpointView() {}

    static ObjectNode of(EndpointCondition condition) {
        Endpoint endpoint = condition.endpoint();
        return JsonMapper.shared()
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
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
