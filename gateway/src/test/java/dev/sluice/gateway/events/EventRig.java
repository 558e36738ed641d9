package dev.sluice.gateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.provisioning.ApiServer;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API and the logs behind it: events and outcomes are written as the gateway does, without anything being sent. */
final class EventRig implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final String BODY = "{\"ref\": \"refs/heads/m\u00e4in\"}";
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final ApiServer server = ApiServer.start("--sluice.public-url=https://hooks.example/");
    private final Node node = new Node(server.database(), "test");
    private final EventLog events = new EventLog(node, Duration.ofDays(3), event -> {}, 1);
    private final OutcomeLog outcomes = new OutcomeLog(node);

    EventRig() {
        node.start().block(PATIENCE);
        events.start();
        outcomes.start();
    }

    WebTestClient as(String authorization) {
        return server.as(authorization);
    }

    ApiServer server() {
        return server;
    }

    /** Removes all instances and events. */
    void clear() {
        server.clear();
        server.database()
                .client()
                .sql("TRUNCATE event, event_search, event_rollup, event_rollup_hour, event_rollup_total, attempt,"
                        + " owed_delivery")
                .then()
                .block(PATIENCE);
    }

    /** A new instance with one endpoint. */
    Instance instance() {
        JsonNode created = json(as(ApiServer.CALLER)
                .post()
                .uri("/instances")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("""
                        {"element": {"key": "github"}, "name": "x", "configuration": {
                          "github.organization": "acme", "github.repository": "shop",
                          "event.notification.callback.url": "https://a.example/hook"}}""")
                .exchange());
        return Objects.requireNonNull(server.part(InstanceRepository.class)
                .find(created.get("id").asLong())
                .block(PATIENCE));
    }

    EventItem item(String objectType, String objectId, String eventType) {
        return new EventItem(objectType, objectId, eventType, node.clock().now(), Map.of("ref", "main"));
    }

    EventId append(Instance instance, EventItem... items) {
        return append(instance, BODY.getBytes(UTF_8), items);
    }

    EventId append(Instance instance, byte[] body, EventItem... items) {
        EventDraft draft = new EventDraft(
                instance.organizationId(),
                instance.id(),
                instance.activeEndpointIds(),
                "application/json",
                Map.of(),
                new Body(body),
                List.of(items),
                new Dedupe.ByWebhook(List.of("provider-" + NEXT.incrementAndGet())),
                null);
        Appended appended =
                Objects.requireNonNull(events.append(draft, () -> {}).block(PATIENCE));
        assertThat(appended).isInstanceOf(Appended.Stored.class);
        return ((Appended.Stored) appended).event().id();
    }

    /** As if that many pushes to {@code main} had been received and delivered just now; only found, not to be read. */
    void fillSearch(Instance instance, int events) {
        server.database()
                .client()
                .sql("""
                        INSERT INTO event_search (organization_id, event_id, item, received_at, instance_id, object_type,
                                                  object_id, event_type, deliveries, added, delivered, failed, attempted)
                        SELECT :organization, (lpad(to_hex(floor(extract(epoch FROM now()) * 1000)::bigint), 12, '0')
                                                   || '7fff8' || lpad(to_hex(n), 15, '0'))::uuid,
                               0, now(), :instance, 'push', 'main', 'UPDATED', 1, 0, 1, 0, true
                          FROM generate_series(1, :events) AS n""")
                .bind("organization", instance.organizationId())
                .bind("instance", instance.id())
                .bind("events", events)
                .then()
                .block(PATIENCE);
    }

    /** Counts of as many instances, one event each, in this hour. */
    void fillCounts(long organizationId, int instances) {
        server.database()
                .client()
                .sql("""
                        INSERT INTO event_rollup_hour (organization_id, instance_id, hour, epoch, received, delivered, failed)
                        SELECT :organization, n, date_trunc('hour', now()), 1, 1, 1, 0
                          FROM generate_series(1, :instances) AS n""")
                .bind("organization", organizationId)
                .bind("instances", instances)
                .then()
                .block(PATIENCE);
    }

    static DeliveryId delivery(Instance instance, EventId event) {
        return new DeliveryId(event, instance.activeEndpointIds().get(0), 0);
    }

    void record(Outcome outcome) {
        outcomes.record(outcome).block(PATIENCE);
    }

    /** The event's delivery was attempted once, and is over. */
    void end(Instance instance, EventId event, Ending ending) {
        record(new Outcome.Ended(attempt(delivery(instance, event), ending, ending == Ending.DELIVERED ? 200 : 410)));
    }

    /** The event's delivery was attempted once, and is to be attempted again in an hour. */
    void owe(Instance instance, EventId event) {
        DeliveryId delivery = delivery(instance, event);
        record(new Outcome.Owed(delivery, attempt(delivery, null, 502), Duration.ofHours(1)));
    }

    /** The event's delivery, which is owed, was attempted once more, and is to be attempted again in an hour. */
    void again(Instance instance, EventId event, int number) {
        DeliveryId delivery = delivery(instance, event);
        record(new Outcome.Owed(delivery, attempt(delivery, number, null, 502), Duration.ofHours(1)));
    }

    private static Attempt attempt(DeliveryId delivery, @Nullable Ending ending, int status) {
        return attempt(delivery, 1, ending, status);
    }

    private static Attempt attempt(DeliveryId delivery, int number, @Nullable Ending ending, int status) {
        return new Attempt(
                delivery,
                number,
                delivery.eventId().receivedAt(),
                ending == Ending.DELIVERED ? "success" : "refused",
                ending,
                status,
                Duration.ofMillis(7),
                ending == Ending.DELIVERED ? null : new Body("Bad Gateway".getBytes(UTF_8)),
                null);
    }

    static JsonNode json(ResponseSpec answer) {
        byte[] body = answer.expectStatus().isOk().expectBody().returnResult().getResponseBody();
        return JsonMapper.shared().readTree(Objects.requireNonNull(body));
    }

    @Override
    public void close() {
        outcomes.close();
        events.close();
        node.close();
        server.close();
    }
}
