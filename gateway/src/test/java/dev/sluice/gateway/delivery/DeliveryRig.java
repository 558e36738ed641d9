package dev.sluice.gateway.delivery;

import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.account.FailurePolicy;
import dev.sluice.persistence.account.OrganizationRepository;
import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.Callback;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import dev.sluice.persistence.secret.SecretCipher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Deliveries as they run in the gateway, on a database of their own: only the way in is left out. */
public final class DeliveryRig implements AutoCloseable {
    /** Real time is only a guard. */
    public static final Duration GUARD = Duration.ofSeconds(20);

    /** Among the settings: the memory for outcomes, as a Long. */
    static final String OUTCOME_BYTES = "test.outcome-bytes";

    private final Path keyset;
    private final Database database;
    private final InstanceRepository instances;
    private final Account account;
    private final RigNode node;

    /** @param settings of the gateway, beyond the defaults and an allowed loopback */
    public DeliveryRig(Map<String, Object> settings) {
        this(RigDatabase.create(), settings);
    }

    private DeliveryRig(DatabaseAddress address, Map<String, Object> settings) {
        this(RigDatabase.prepare(address), RigDatabase.keyset(address), "test", settings);
    }

    /** The node named "test" on a database that whoever asks keeps. */
    public static DeliveryRig on(DatabaseAddress address, Path keyset, Map<String, Object> settings) {
        return new DeliveryRig(RigDatabase.prepare(address), keyset, "test", settings);
    }

    /** Another node on this one's database. */
    DeliveryRig anotherNode(Map<String, Object> settings) {
        return new DeliveryRig(RigDatabase.open(database.address()), keyset, "another", settings);
    }

    private DeliveryRig(Database database, Path keyset, String name, Map<String, Object> settings) {
        this.keyset = keyset;
        this.database = database;
        instances = new InstanceRepository(database, SecretCipher.readOrGenerate(keyset));
        account = await(new AccountRepository(database).bootstrap("organization", "user"));
        node = new RigNode(database, instances, name, withLoopback(settings));
    }

    private static Map<String, Object> withLoopback(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("sluice.delivery.allowed-networks", "127.0.0.0/8");
        return all;
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

    /** Appends so many events of one item each. */
    List<CommittedEvent> appendMany(Instance instance, int events) {
        return IntStream.range(0, events)
                .mapToObj(each -> append(instance, "{}", 1))
                .toList();
    }

    private CommittedEvent append(Instance instance, String body, boolean ordered, List<String> objectIds) {
        return stored(node.append(RigNode.draft(instance, body, ordered, objectIds)));
    }

    /** Has an event committed by another node, which dies before it does anything else about it. */
    CommittedEvent appendByOneThatDies(Instance instance) {
        Node dying = new Node(database, "dying");
        dying.start().block(GUARD);
        try (EventLog its = new EventLog(dying, Duration.ofDays(1), event -> {}, 1)) {
            its.start();
            return stored(its.append(RigNode.draft(instance, "{}", false, List.of("id")), () -> {}));
        } finally {
            dying.close();
            client().sql("UPDATE epoch SET beat_at = now() - interval '1 minute' WHERE node = 'dying'")
                    .then()
                    .block(GUARD);
        }
    }

    private CommittedEvent stored(Mono<Appended> appended) {
        return ((Appended.Stored) await(appended)).event();
    }

    /** Has the delivery made once more. */
    void again(DeliveryId delivery) {
        await(bean(OutcomeLog.class).record(new Outcome.Again(delivery)));
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

    /** A dispatcher that can only write into that log that what comes is owed. */
    Dispatcher withoutMemory(OutcomeLog outcomes) {
        return node.withoutMemory(outcomes);
    }

    /** A part of it. */
    public <T> T bean(Class<T> type) {
        return node.bean(type);
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
