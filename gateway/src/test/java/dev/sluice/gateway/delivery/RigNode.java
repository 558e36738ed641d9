package dev.sluice.gateway.delivery;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;

import dev.sluice.gateway.delivery.attempt.OpenAttempts;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.notification.Contents;
import dev.sluice.gateway.figures.FigureBook;
import dev.sluice.gateway.lifecycle.Shutdown;
import dev.sluice.gateway.tracing.NoTraces;
import dev.sluice.gateway.tracing.Traces;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.endpoint.EndpointHistory;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.figures.FigureRepository;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import reactor.core.publisher.Mono;

/** One node that delivers, of the parts that the gateway is of. Nothing comes in but what its log is given. */
final class RigNode implements AutoCloseable {
    private final Database database;
    private final Node node;
    private final OutcomeLog outcomes;
    private final InstanceCache cache;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final EventLog log;

    /** @param settings of the gateway, beyond the defaults */
    RigNode(Database database, InstanceRepository instances, String name, Map<String, Object> settings) {
        this.database = database;
        node = new Node(database, name);
        outcomes = settings.get(DeliveryRig.OUTCOME_BYTES) instanceof Long bytes
                ? new OutcomeLog(node, bytes)
                : new OutcomeLog(node);
        cache = new InstanceCache(database, instances);
        node.start().block(GUARD);
        outcomes.start();
        cache.start();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        registerWhatItRestsOn();
        context.register(DeliveryConfiguration.class);
        context.refresh();
        log = new EventLog(node, Duration.ofDays(1), context.getBean(Dispatcher.class), 1);
        log.start();
    }

    private void registerWhatItRestsOn() {
        lend(Database.class, database);
        lend(Node.class, node);
        lend(OutcomeLog.class, outcomes);
        lend(InstanceCache.class, cache);
        context.registerBean(EndpointRepository.class, () -> new EndpointRepository(database));
        context.registerBean(Elements.class, () -> Elements.all());
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Shutdown.class, () -> new Shutdown(GUARD, System::nanoTime));
        context.registerBean(Traces.class, NoTraces::new);
        context.registerBean(
                FigureBook.class, () -> new FigureBook(new FigureRepository(database), new EndpointHistory(database)));
    }

    /** It is closed here, after all that the context closes. */
    private <T> void lend(Class<T> type, T part) {
        context.registerBean(type, () -> part, bean -> bean.setDestroyMethodName(""));
    }

    /** Appends an event to the log. */
    Mono<Appended> append(EventDraft draft) {
        return log.append(draft, () -> {});
    }

    /** An event of GitHub that is owed to all endpoints of the instance, with an item of each object. */
    static EventDraft draft(Instance instance, String body, boolean ordered, List<String> objectIds) {
        List<EventItem> happened = objectIds.stream()
                .map(id -> new EventItem("push", id, "CREATED", Instant.EPOCH, Map.of()))
                .toList();
        return new EventDraft(
                instance.organizationId(),
                instance.id(),
                instance.owedEndpointIds(),
                "application/json",
                Map.of(),
                new Body(body.getBytes(StandardCharsets.UTF_8)),
                happened,
                new Dedupe.ByWebhook(List.of()),
                null,
                ordered);
    }

    /** A dispatcher of this node's parts that has no memory: all it can do is write into that log that what comes is owed. */
    Dispatcher withoutMemory(OutcomeLog into) {
        InHand full = new InHand(node, new Background(Runnable::run), 1, into::hasRoom);
        full.close();
        Settlement settlement = new Settlement(
                into,
                node.clock(),
                new DeliveryMeters(new SimpleMeterRegistry()),
                bean(DueNow.class),
                bean(OpenAttempts.class),
                bean(FigureBook.class));
        return new Dispatcher(
                bean(Destinations.class),
                bean(Lanes.class),
                bean(Courier.class),
                settlement,
                full,
                bean(Contents.class));
    }

    /** A part of it. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        outcomes.flushed().block(GUARD);
        log.close();
        outcomes.close();
        cache.close();
        node.close();
    }
}
