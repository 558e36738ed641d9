package dev.sluice.gateway.redelivery;

import dev.sluice.gateway.redelivery.Redeliverer.Asked;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.redelivery.RedeliveryJob;
import dev.sluice.persistence.search.EventFilter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Redeliveries as the API shows them. */
final class RedeliveryView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private RedeliveryView() {}

    static ObjectNode of(EventId event, List<Asked> asked, Instance instance) {
        ObjectNode view = JSON.createObjectNode();
        view.put("eventId", event.encoded());
        ArrayNode deliveries = view.putArray("deliveries");
        for (Asked each : asked) {
            long endpointId = each.delivery().endpointId();
            ObjectNode delivery = deliveries.addObject();
            delivery.put("webhookId", each.delivery().encoded());
            delivery.put("endpointId", endpointId);
            delivery.put("url", instance.endpoint(endpointId).map(Endpoint::url).orElse(null));
            delivery.put("part", each.delivery().part());
            delivery.put("redelivered", each.again());
        }
        return view;
    }

    static ObjectNode of(RedeliveryJob job) {
        EventFilter filter = job.filter();
        ObjectNode view = JSON.createObjectNode();
        view.put("id", job.id());
        view.put("instanceId", job.instanceId());
        view.put("state", job.state().name().toLowerCase(Locale.ROOT));
        view.put("events", job.events());
        view.put("deliveries", job.deliveries());
        view.put("reachedDate", time(EventId.receivedAt(job.after())));
        view.put("to", time(EventId.receivedAt(job.before())));
        view.put("status", filter.status() == null ? null : filter.status().name());
        view.put("objectType", filter.objectType());
        view.put("objectId", filter.objectId());
        view.put("idText", filter.idText());
        view.put("eventType", filter.eventType());
        view.put("createdDate", time(job.createdAt()));
        view.put("updatedDate", time(job.updatedAt()));
        return view;
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
