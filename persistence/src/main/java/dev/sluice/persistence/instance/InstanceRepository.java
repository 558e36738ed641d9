package dev.sluice.persistence.instance;

import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.owner.OwnerRepository;
import dev.sluice.persistence.owner.OwnerRules;
import dev.sluice.persistence.secret.SecretCipher;
import dev.sluice.persistence.secret.SecretHash;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps instances. Each change is one transaction with its endpoints, and tells all nodes when it commits. */
public final class InstanceRepository {
    private static final String INSERT = """
            INSERT INTO instance (id, organization_id, user_id, element_key, name, tags, configuration, secrets, token_hash)
            VALUES (:id, :organization, :user, :element, :name, :tags, CAST(:configuration AS jsonb), :secrets, :tokenHash)""";
    private static final String FIND = "SELECT * FROM live_instance WHERE id = :id";
    private static final String FIND_BY_TOKEN = """
            SELECT * FROM live_instance
             WHERE token_hash = :tokenHash OR (former_token_hash = :tokenHash AND former_token_until > now())""";
    private static final String LOCK = """
            SELECT id FROM instance
             WHERE id = :id AND organization_id = :organization AND deleted_at IS NULL
               FOR UPDATE""";
    private static final String UPDATE = """
            UPDATE instance
               SET name = :name, tags = :tags, configuration = CAST(:configuration AS jsonb), secrets = :secrets,
                   updated_at = now()
             WHERE id = :id""";
    private static final String NOTIFY = "SELECT pg_notify('sluice_instance', :id)";
    private static final String DISABLE = """
            WITH changed AS (
                UPDATE instance SET disabled = :disabled, updated_at = now()
                 WHERE id = :id AND organization_id = :organization AND deleted_at IS NULL
                RETURNING id)
            SELECT id, pg_notify('sluice_instance', id::text) FROM changed""";
    private static final String CONFIGURE = """
            UPDATE instance
               SET configuration = CAST(:configuration AS jsonb), secrets = :secrets, updated_at = now()
             WHERE id = :id""";
    private static final String LOCK_ANYONES =
            "SELECT id FROM instance WHERE id = :id AND deleted_at IS NULL FOR UPDATE";
    private static final String DELETE = """
            WITH gone AS (
                UPDATE instance
                   SET deleted_at = now(), updated_at = now(), secrets = '', former_token_hash = NULL
                 WHERE id = :id AND organization_id = :organization AND deleted_at IS NULL
                RETURNING id),
            ended AS (
                UPDATE endpoint SET state = 'deleted', breaker = 'closed', changed_at = now()
                  FROM gone
                 WHERE endpoint.instance_id = gone.id AND state <> 'deleted'),
            unowned AS (
                DELETE FROM instance_owner USING gone WHERE instance_id = gone.id)
            SELECT id, pg_notify('sluice_instance', id::text) FROM gone""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final EndpointRepository endpoints;
    private final OwnerRepository owners;
    private final OwnerRules ownerRules;
    private final InstanceRow rows;
    private final InstanceLists lists;
    private final TokenReplacement tokens;
    private final InstanceMarks marks;
    private final Unguessable unguessable = new Unguessable();

    /** Keeps instances that are only found by their id and token. */
    public InstanceRepository(Database database, SecretCipher cipher) {
        this(database, cipher, OwnerRules.NONE);
    }

    /**
     * Keeps instances that are found by their owners, too.
     *
     * @param ownerRules what the shared webhook URL finds an instance by
     */
    public InstanceRepository(Database database, SecretCipher cipher, OwnerRules ownerRules) {
        this.owners = new OwnerRepository(database);
        this.ownerRules = ownerRules;
        this.database = database.client();
        this.transaction =
                TransactionalOperator.create(new R2dbcTransactionManager(this.database.getConnectionFactory()));
        this.endpoints = new EndpointRepository(database);
        this.rows = new InstanceRow(cipher);
        this.lists = new InstanceLists(this.database, rows);
        this.tokens = new TokenReplacement(this.database, rows);
        this.marks = new InstanceMarks(this.database);
    }

    /** Makes an instance with a random id and a random token. Repeating it makes another. */
    public Mono<Instance> create(Account owner, String elementKey, InstanceSettings settings) {
        return Mono.defer(() -> {
            long id = unguessable.id();
            Mono<Instance> created = insert(id, owner, elementKey, settings)
                    .then(endpoints.apply(id, EndpointPlan.of(List.of(), settings.callbacks())))
                    .then(own(id, elementKey, settings))
                    .then(tellAll(id))
                    .then(find(id));
            return transaction.transactional(created);
        });
    }

    private Mono<Void> insert(long id, Account owner, String elementKey, InstanceSettings settings) {
        String token = unguessable.token();
        return database.sql(INSERT)
                .bind("id", id)
                .bind("organization", owner.organizationId())
                .bind("user", owner.userId())
                .bind("element", elementKey)
                .bind("name", settings.name())
                .bind("tags", settings.tags().toArray(String[]::new))
                .bind("configuration", InstanceRow.open(settings))
                .bind("secrets", rows.sealed(id, token, settings.configuration(), settings.secretKeys()))
                .bind("tokenHash", SecretHash.of(token))
                .then();
    }

    private Mono<Void> own(long id, String elementKey, InstanceSettings settings) {
        return owners.replace(id, elementKey, ownerRules.terms(elementKey, settings.openConfiguration()));
    }

    private Mono<Void> tellAll(long id) {
        return database.sql(NOTIFY).bind("id", String.valueOf(id)).then();
    }

    /** The instance of that id, whoever owns it; empty when it is unknown or deleted. */
    public Mono<Instance> find(long id) {
        return database.sql(FIND).bind("id", id).map(rows::read).one();
    }

    /** The instance of that id if it is that organization's; empty otherwise. */
    public Mono<Instance> find(long organizationId, long id) {
        return find(id).filter(instance -> instance.organizationId() == organizationId);
    }

    /** The instance that has this token, whoever owns it; empty when there is none. */
    public Mono<Instance> findByToken(String token) {
        return database.sql(FIND_BY_TOKEN)
                .bind("tokenHash", SecretHash.of(token))
                .map(rows::read)
                .one();
    }

    /**
     * An organization's instances in order of creation.
     *
     * @param after where the previous page ended, or null for the first
     * @param limit at most that many, 1 or more
     */
    public Flux<Instance> list(long organizationId, InstanceFilter filter, @Nullable InstanceCursor after, int limit) {
        return lists.page(organizationId, filter, after, limit);
    }

    /** How many instances an organization has of each element, in the order of their keys; none of elements without. */
    public Flux<ElementCount> countByElement(long organizationId) {
        return lists.countByElement(organizationId);
    }

    /**
     * Changes an organization's instance. Concurrent changes of one instance take turns, so that none is lost.
     *
     * @param change makes the new settings of the instance as it stands; what it throws leaves everything as it was
     * @return the instance afterwards; empty when it is unknown, deleted or another organization's
     */
    public Mono<Instance> update(long organizationId, long id, Function<Instance, InstanceSettings> change) {
        Mono<Instance> updated = locked(organizationId, id)
                .flatMap(before -> write(before, change.apply(before)).thenReturn(id))
                .flatMap(this::find);
        return transaction.transactional(updated);
    }

    private Mono<Instance> locked(long organizationId, long id) {
        return database.sql(LOCK)
                .bind("id", id)
                .bind("organization", organizationId)
                .fetch()
                .one()
                .flatMap(locked -> find(id));
    }

    private Mono<Void> write(Instance before, InstanceSettings settings) {
        return database.sql(UPDATE)
                .bind("id", before.id())
                .bind("name", settings.name())
                .bind("tags", settings.tags().toArray(String[]::new))
                .bind("configuration", InstanceRow.open(settings))
                .bind(
                        "secrets",
                        rows.sealed(before.id(), before.token(), settings.configuration(), settings.secretKeys()))
                .then()
                .then(endpoints.apply(before.id(), EndpointPlan.of(before.endpoints(), settings.callbacks())))
                .then(own(before.id(), before.elementKey(), settings))
                .then(tellAll(before.id()));
    }

    /**
     * Sets what the platform fills in by itself; everything else stays, the endpoints included.
     *
     * @param change makes the new configuration of the one that stands
     * @param secretKeys what of it is secret, beside what was already
     * @return the instance afterwards; empty when it is unknown or deleted
     */
    public Mono<Instance> configure(long id, UnaryOperator<Map<String, String>> change, Set<String> secretKeys) {
        Mono<Instance> configured = database.sql(LOCK_ANYONES)
                .bind("id", id)
                .fetch()
                .one()
                .flatMap(locked -> find(id))
                .flatMap(before -> configure(before, change.apply(before.configuration()), secretKeys))
                .then(Mono.defer(() -> find(id)));
        return transaction.transactional(configured);
    }

    private Mono<Void> configure(Instance before, Map<String, String> configuration, Set<String> secretKeys) {
        Set<String> secret = new HashSet<>(before.secretKeys());
        secret.addAll(secretKeys);
        InstanceSettings settings =
                new InstanceSettings(before.name(), before.tags(), configuration, secret, List.of());
        return database.sql(CONFIGURE)
                .bind("id", before.id())
                .bind("configuration", InstanceRow.open(settings))
                .bind("secrets", rows.sealed(before.id(), before.token(), configuration, secret))
                .then()
                .then(own(before.id(), before.elementKey(), settings))
                .then(tellAll(before.id()));
    }

    /**
     * Disables an instance, or enables it again. While it is disabled its webhooks are stored and not delivered.
     *
     * @return the id; empty when the instance is unknown, deleted or another organization's
     */
    public Mono<Long> setDisabled(long organizationId, long id, boolean disabled) {
        return database.sql(DISABLE)
                .bind("id", id)
                .bind("organization", organizationId)
                .bind("disabled", disabled)
                .map(row -> row.get("id", Long.class))
                .one();
    }

    /**
     * Gives an organization's instance another token. The one it replaces stays valid for a while, the one before that ends
     * at once.
     *
     * @param overlap how long both are valid, in whole seconds; zero ends the former at once
     * @return the instance with its new token; empty when it is unknown, deleted or another organization's
     */
    public Mono<Instance> rotateToken(long organizationId, long id, Duration overlap) {
        return transaction.transactional(locked(organizationId, id)
                .flatMap(before -> tokens.replace(before, unguessable.token(), overlap)
                        .then(tellAll(id))
                        .then(find(id))));
    }

    /** Adds to what an instance's owner has to do. Repeating it changes nothing. */
    public Mono<Void> mark(long id, Set<String> added) {
        return marks.add(id, added);
    }

    /** Takes away from what an instance's owner has to do. Repeating it changes nothing. */
    public Mono<Void> unmark(long id, Set<String> done) {
        return marks.remove(id, done);
    }

    /**
     * Deletes an organization's instance: nothing finds it any more, its endpoints are deleted and its secrets are gone.
     * Its events stay until retention ends.
     *
     * @return the id; empty when there was nothing to delete
     */
    public Mono<Long> delete(long organizationId, long id) {
        return database.sql(DELETE)
                .bind("id", id)
                .bind("organization", organizationId)
                .map(row -> row.get("id", Long.class))
                .one();
    }
}
