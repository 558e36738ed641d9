package dev.sluice.persistence.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretCipher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

@TestInstance(Lifecycle.PER_CLASS)
final class InstanceCacheIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PROMISE = Duration.ofSeconds(1);

    private final Database database = TestDatabase.create();
    private final InstanceRepository instances;
    private final Account owner;
    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicLong nanoTime = new AtomicLong();
    private InstanceCache cache;

    InstanceCacheIT(@TempDir Path directory) {
        instances = new InstanceRepository(database, SecretCipher.readOrGenerate(directory.resolve("keyset.json")));
        owner = get(new AccountRepository(database).bootstrap("organization", "user"));
    }

    @BeforeEach
    void open() {
        queries.set(0);
        cache = new InstanceCache(database, this::counted, System::nanoTime);
    }

    private Mono<Instance> counted(long id) {
        return Mono.defer(() -> {
            queries.incrementAndGet();
            return instances.find(id);
        });
    }

    @AfterEach
    void closeCache() {
        cache.close();
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void asksNothingWhileNothingChanges() {
        startListening();
        long id = create().id();

        await().during(Duration.ofMillis(1500))
                .atMost(PATIENCE)
                .until(() -> found(id).name(), "before"::equals);

        assertThat(queries).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void seesAChangeWithinASecond() {
        startListening();
        long id = create().id();
        assertThat(found(id).name()).isEqualTo("before");

        rename(id);

        await().atMost(PROMISE).until(() -> found(id).name(), "after"::equals);
    }

    @Test
    void seesWhatWasUnknownOnceItIsCreated() {
        startListening();
        assertThat(cache.find(1).blockOptional(PATIENCE)).isEmpty();
        assertThat(cache.find(1).blockOptional(PATIENCE)).isEmpty();
        assertThat(queries).hasValue(1);

        get(database.client()
                .sql("WITH moved AS (UPDATE instance SET disabled = true WHERE id = :id RETURNING id)"
                        + " SELECT pg_notify('sluice_instance', '1') FROM moved")
                .bind("id", create().id())
                .fetch()
                .all()
                .then(Mono.just(true)));

        await().atMost(PROMISE).until(() -> {
            cache.find(1).block(PATIENCE);
            return queries.get() == 2;
        });
    }

    @Test
    void seesAChangeThoughTheConnectionThatTellsOfItIsCut() {
        startListening();
        long id = create().id();
        assertThat(found(id).name()).isEqualTo("before");

        cutListeners();
        rename(id);

        await().atMost(PROMISE).until(() -> found(id).name(), "after"::equals);
        startListening();
    }

    @Test
    void seesAChangeWithinASecondWithoutListening() {
        long id = create().id();
        assertThat(found(id).name()).isEqualTo("before");

        rename(id);

        await().atMost(PROMISE).until(() -> found(id).name(), "after"::equals);
    }

    @Test
    void sharesOneQueryAmongThoseWhoAskAtOnceEvenWhenOneGivesUp() {
        Instance instance = create();
        TestPublisher<Instance> answer = TestPublisher.create();
        AtomicInteger asked = new AtomicInteger();
        try (InstanceCache slow = new InstanceCache(
                database,
                id -> {
                    asked.incrementAndGet();
                    return answer.mono();
                },
                nanoTime::get)) {
            slow.find(instance.id()).subscribe().dispose();

            StepVerifier.create(Flux.range(0, 10).flatMap(unused -> slow.find(instance.id()), 10))
                    .then(() -> answer.emit(instance))
                    .expectNextCount(10)
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void remembersNoError() {
        Instance instance = create();
        AtomicInteger asked = new AtomicInteger();
        try (InstanceCache shaky = new InstanceCache(
                database,
                id -> asked.incrementAndGet() == 1
                        ? Mono.error(new IllegalStateException("away"))
                        : Mono.just(instance),
                nanoTime::get)) {
            StepVerifier.create(shaky.find(instance.id()))
                    .expectErrorMessage("away")
                    .verify(PATIENCE);
            StepVerifier.create(shaky.find(instance.id()))
                    .expectNext(instance)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    private void startListening() {
        cache.start();
        await().atMost(PATIENCE).until(() -> listeners() == 1);
    }

    private long listeners() {
        return get(database.client()
                .sql("SELECT count(*) AS listeners FROM pg_stat_activity"
                        + " WHERE application_name = 'sluice-listener' AND datname = current_database()"
                        + " AND query = 'SELECT 1'")
                .map(row -> Objects.requireNonNull(row.get("listeners", Long.class)))
                .one());
    }

    private void cutListeners() {
        database.client()
                .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'sluice-listener' AND datname = current_database()")
                .then()
                .block(PATIENCE);
    }

    private Instance create() {
        return get(instances.create(owner, "github", settings("before")));
    }

    private void rename(long id) {
        assertThat(get(instances.update(owner.organizationId(), id, before -> settings("after")))
                        .name())
                .isEqualTo("after");
    }

    private Instance found(long id) {
        return get(cache.find(id));
    }

    private static InstanceSettings settings(String name) {
        return new InstanceSettings(name, List.of(), Map.of(), Set.of(), List.of());
    }

    private static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }
}
