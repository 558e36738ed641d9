package dev.sluice.gateway.delivery;

import dev.sluice.gateway.figures.FigureBook;
import dev.sluice.gateway.lifecycle.Shutdown;
import dev.sluice.gateway.tracing.NoTraces;
import dev.sluice.gateway.tracing.Traces;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.account.FailurePolicy;
import dev.sluice.persistence.account.OrganizationRepository;
import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.connection.Migrations;
import dev.sluice.persistence.connection.Partitions;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import dev.sluice.persistence.endpoint.EndpointHistory;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventItem;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.figures.FigureRepository;
import dev.sluice.persistence.instance.Callback;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCache;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import dev.sluice.persistence.secret.SecretCipher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Deliveries as they run in the gateway, on a database of their own: only the way in is left out. */
public final class DeliveryRig implements AutoCloseable {
    /** Real time is only a guard. */
    public static final Duration GUARD = Duration.ofSeconds(20);

    /** Among the settings: the memory for outcomes, as a Long. */
    static final String OUTCOME_BYTES = "test.outcome-bytes";

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Path TARGET = Path.of("target");
    private static final EmbeddedDatabase SERVER = startServer();

    private final Path keyset;
    private final Database database;
    private final Node node;
    private final OutcomeLog outcomes;
    private final InstanceRepository instances;
    private final InstanceCache cache;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final EventLog log;
    private final Account account;

    /** @param settings of the gateway, beyond the defaults */
    public DeliveryRig(Map<String, Object> settings) {
        this(createDatabase(), TARGET.resolve("delivery-keyset-" + NEXT.get() + ".json"), "test", settings);
    }

    /** The node named "test" on a database that whoever asks keeps. */
    public static DeliveryRig on(DatabaseAddress address, Path keyset, Map<String, Object> settings) {
        return new DeliveryRig(prepared(address), keyset, "test", settings);
    }

    /** Another node on this one's database. */
    DeliveryRig anotherNode(Map<String, Object> settings) {
        return new DeliveryRig(new Database(database.address(), 8), keyset, "another", settings);
    }

    private DeliveryRig(Database database, Path keyset, String name, Map<String, Object> settings) {
        this.keyset = keyset;
        this.database = database;
        node = new Node(database, name);
        outcomes =
                settings.get(OUTCOME_BYTES) instanceof Long bytes ? new OutcomeLog(node, bytes) : new OutcomeLog(node);
        instances = new InstanceRepository(database, SecretCipher.readOrGenerate(keyset));
        cache = new InstanceCache(database, instances);
        account = await(new AccountRepository(database).bootstrap("organization", "user"));
        node.start().block(GUARD);
        outcomes.start();
        cache.start();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.registerBean(Database.class, () -> database, bean -> bean.setDestroyMethodName(""));
        context.registerBean(Node.class, () -> node, bean -> bean.setDestroyMethodName(""));
        context.registerBean(OutcomeLog.class, () -> outcomes, bean -> bean.setDestroyMethodName(""));
        context.registerBean(InstanceCache.class, () -> cache, bean -> bean.setDestroyMethodName(""));
        context.registerBean(EndpointRepository.class, () -> new EndpointRepository(database));
        context.registerBean(Elements.class, () -> Elements.all());
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(Shutdown.class, () -> new Shutdown(GUARD, System::nanoTime));
        context.registerBean(Traces.class, NoTraces::new);
        context.registerBean(
                FigureBook.class, () -> new FigureBook(new FigureRepository(database), new EndpointHistory(database)));
        context.register(DeliveryConfiguration.class);
        context.refresh();
        log = new EventLog(node, Duration.ofDays(1), context.getBean(Dispatcher.class), 1);
        log.start();
    }

    private static EmbeddedDatabase startServer() {
        EmbeddedDatabase server = EmbeddedDatabase.start(
                TARGET.resolve("delivery-database-" + ProcessHandle.current().pid()), TARGET);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-delivery-database"));
        return server;
    }

    private static Database createDatabase() {
        DatabaseAddress address = SERVER.address().withDatabase("delivery_" + NEXT.incrementAndGet());
        try (Database maintenance = new Database(SERVER.address(), 1)) {
            maintenance
                    .client()
                    .sql("CREATE DATABASE " + address.database())
                    .then()
                    .block(GUARD);
        }
        return prepared(address);
    }

    private static Database prepared(DatabaseAddress address) {
        Migrations.apply(address);
        Database database = new Database(address, 8);
        new Partitions(database).makeAhead().block(GUARD);
        return database;
    }

    /** What it emits. */
    public <T> T await(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(GUARD), "a value");
    }

    /** An instance of GitHub's element. */
    public Instance instance(Map<String, String> configuration, String... urls) {
        return await(instances.create(account, "github", settings(configuration, urls)));
    }

    private static InstanceSettings settings(Map<String, String> configuration, String... urls) {
        return new InstanceSettings(
                "My instance",
                List.of("Docs"),
                configuration,
                Set.of(),
                Stream.of(urls).map(Callback::to).toList());
    }

    /** As the owner sees it now. */
    public Instance reread(Instance instance) {
        return await(instances.find(instance.id()));
    }

    /** Gives an instance another configuration. */
    public void change(Instance instance, Map<String, String> configuration, String... urls) {
        await(instances.update(instance.organizationId(), instance.id(), before -> settings(configuration, urls)));
    }

    /** Deletes an instance. */
    public void delete(Instance instance) {
        await(instances.delete(instance.organizationId(), instance.id()));
    }

    /** Disables an instance, or enables it again. */
    public void setDisabled(Instance instance, boolean disabled) {
        await(instances.setDisabled(instance.organizationId(), instance.id(), disabled));
    }

    /** Appends an event to the log. */
    public CommittedEvent append(Instance instance, String body, int items) {
        return append(
                instance,
                body,
                false,
                IntStream.range(0, items).mapToObj(i -> "id-" + i).toList());
    }

    /** Appends an event of one object, in its order. */
    CommittedEvent appendOrdered(Instance instance, String objectId) {
        return append(instance, "{}", true, List.of(objectId));
    }

    /** Has an event committed by another node, which dies before it does anything else about it. */
    CommittedEvent appendByOneThatDies(Instance instance) {
        Node dying = new Node(database, "dying");
        dying.start().block(GUARD);
        try (EventLog its = new EventLog(dying, Duration.ofDays(1), event -> {}, 1)) {
            its.start();
            return ((Appended.Stored) await(its.append(draft(instance, "{}", false, List.of("id")), () -> {}))).event();
        } finally {
            dying.close();
            client().sql("UPDATE epoch SET beat_at = now() - interval '1 minute' WHERE node = 'dying'")
                    .then()
                    .block(GUARD);
        }
    }

    private CommittedEvent append(Instance instance, String body, boolean ordered, List<String> objectIds) {
        return ((Appended.Stored) await(log.append(draft(instance, body, ordered, objectIds), () -> {}))).event();
    }

    private static EventDraft draft(Instance instance, String body, boolean ordered, List<String> objectIds) {
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

    /** Has the delivery made once more. */
    void again(DeliveryId delivery) {
        await(outcomes.record(new Outcome.Again(delivery)));
    }

    /** The attempts of an event. */
    public List<Attempt> attempts(EventId event) {
        return await(new AttemptRepository(database)
                .ofEvent(event, null, 1_000)
                .map(AddressedAttempt::attempt)
                .collectList());
    }

    /** Waits for so many attempts of an event. */
    List<Attempt> awaitAttempts(CommittedEvent event, int least) {
        Awaitility.await().atMost(GUARD).until(() -> attempts(event.id()).size() >= least);
        return attempts(event.id());
    }

    /** How many of the instance's deliveries ended delivered. */
    public long delivered(Instance instance) {
        return (long) number(
                "SELECT count(*) AS number FROM attempt WHERE instance_id = :id AND ending = 'delivered'", instance);
    }

    /** How many deliveries are owed to the instance's endpoints. */
    public long owed(Instance instance) {
        return (long) number("SELECT count(*) AS number FROM owed_delivery WHERE instance_id = :id", instance);
    }

    /** The one number that the statement selects. */
    public double number(String sql, Instance instance) {
        return ((Number) await(client().sql(sql)
                        .bind("id", instance.id())
                        .fetch()
                        .one()
                        .map(row -> row.get("number"))))
                .doubleValue();
    }

    /** What becomes of deliveries that fail, to whomever of this installation they go. */
    void setFailurePolicy(FailurePolicy policy) {
        await(new OrganizationRepository(database).setFailurePolicy(account.organizationId(), policy));
    }

    /** For statements of a test. */
    public DatabaseClient client() {
        return database.client();
    }

    /** A part of it. */
    public <T> T bean(Class<T> type) {
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
        database.close();
    }
}
