package dev.sluice.persistence.eventlog;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static dev.sluice.persistence.Fixture.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.epoch.Node;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

final class EventLogIT {
    private static final int LARGE_BYTES = 3 * 1024 * 1024;

    private final Queue<CommittedEvent> handedOn = new ConcurrentLinkedQueue<>();
    private Database database;
    private Node node;
    private EventLog log;
    private long endpoint;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        node = new Node(database, "test");
        node.start().block(PATIENCE);
        log = new EventLog(node, Duration.ofDays(3), handedOn::add, 2);
        log.start();
    }

    @AfterEach
    void stop() {
        log.close();
        node.close();
        database.close();
    }

    @Test
    void storesTheVeryBytesAndHandsTheEventOn() {
        byte[] body = {0, 1, (byte) 0xFF, (byte) 0x80, '{', '\\', 'x', '\n'};

        CommittedEvent event = stored(draft("a", body, List.of(endpoint)));

        StoredEvent read = await(new EventRepository(database).find(event.id()));
        assertThat(read.body().bytes()).isEqualTo(body);
        assertThat(read.id()).isEqualTo(event.id());
        assertThat(read.items()).containsExactly(item("a"));
        assertThat(read.headers()).isEqualTo(Map.of("X-GitHub-Event", "push"));
        assertThat(read.endpointIds()).containsExactly(endpoint);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(handedOn).containsExactly(event));
    }

    @Test
    void storesBodiesLargerThanAPieceOfTheCopy() {
        byte[] body = new byte[LARGE_BYTES];
        new Random(7).nextBytes(body);

        CommittedEvent event = stored(draft("large", body, List.of()));

        StoredEvent read = await(new EventRepository(database).find(event.id()));
        assertThat(read.body().bytes()).isEqualTo(body);
    }

    @Test
    void storesEachOfManyOnceAndInOrderOfTime() {
        int events = 2_000;
        AtomicInteger settled = new AtomicInteger();

        List<Appended> answers = await(Flux.range(0, events)
                .flatMap(i -> log.append(draft("e" + i, List.of()), settled::incrementAndGet), events)
                .collectList());

        assertThat(answers).hasSize(events).allMatch(answer -> answer instanceof Appended.Stored);
        await().atMost(PATIENCE).until(() -> settled.get() == events);
        assertThat(count(database, "SELECT count(DISTINCT id) FROM event")).isEqualTo(events);
        assertThat(count(
                        database,
                        "SELECT count(*) FROM (SELECT id, lag(id) OVER (ORDER BY received_at, id) AS earlier"
                                + " FROM event) AS ordered WHERE earlier >= id"))
                .isZero();
    }

    @Test
    void knowsARepeatInTheSameGroupAndInALaterOne() {
        List<Appended> answers = await(Flux.range(0, 10)
                .flatMap(i -> log.append(draft("same", List.of()), () -> {}), 10)
                .collectList());

        assertThat(answers.stream().filter(Appended.Stored.class::isInstance)).hasSize(1);
        assertThat(answer(draft("same", List.of()))).isInstanceOf(Appended.Repeat.class);
        assertThat(count(database, "SELECT count(*) FROM event")).isEqualTo(1);
        log.flushed().block(PATIENCE);
        assertThat(handedOn).hasSize(1);
    }

    @Test
    void knowsARepeatOfYesterday() {
        stored(draft("yesterday", List.of()));
        Fixture.execute(database, "UPDATE dedupe_key SET day = day - 1");

        assertThat(answer(draft("yesterday", List.of()))).isInstanceOf(Appended.Repeat.class);
    }

    @Test
    void takesAnyAlternativeKeyForARepeat() {
        stored(byWebhook("id-1", "hash-1"));

        assertThat(answer(byWebhook("id-2", "hash-1"))).isInstanceOf(Appended.Repeat.class);
        assertThat(answer(byWebhook("id-2", "hash-2"))).isInstanceOf(Appended.Repeat.class);
        assertThat(answer(byWebhook("id-3", "hash-3"))).isInstanceOf(Appended.Stored.class);
    }

    @Test
    void keepsOfABatchOnlyTheItemsNotSeenBefore() {
        stored(byItem("1", "2"));

        CommittedEvent event = stored(byItem("2", "3", "3"));

        assertThat(event.items()).containsExactly(item("3"));
        StoredEvent read = await(new EventRepository(database).find(event.id()));
        assertThat(read.items()).containsExactly(item("3"));
        assertThat(answer(byItem("1", "3"))).isInstanceOf(Appended.Repeat.class);
    }

    @Test
    void failsAPoisonedRowAlone() {
        int healthy = 200;
        EventDraft poisoned = new EventDraft(
                Fixture.ORGANIZATION,
                Fixture.INSTANCE,
                List.of(),
                "text/\0plain",
                Map.of(),
                new Body(new byte[0]),
                List.of(),
                new Dedupe.ByWebhook(List.of("poison")),
                null);

        List<Appended> answers = await(Flux.range(0, healthy)
                .flatMap(
                        i -> i == healthy / 2
                                ? log.append(poisoned, () -> {})
                                        .cast(Appended.class)
                                        .onErrorResume(
                                                R2dbcException.class,
                                                error -> Flux.<Appended>empty().next())
                                : log.append(draft("h" + i, List.of()), () -> {}),
                        healthy)
                .collectList());

        assertThat(answers).hasSize(healthy - 1);
        assertThat(count(database, "SELECT count(*) FROM event")).isEqualTo(healthy - 1L);
        assertThatThrownBy(() -> answer(poisoned)).isInstanceOf(R2dbcException.class);
    }

    @Test
    void commitsWhatNobodyWaitsForAnyMore() {
        AtomicInteger settled = new AtomicInteger();

        IntStream.range(0, 100)
                .forEach(i -> log.append(draft("left" + i, List.of(endpoint)), settled::incrementAndGet)
                        .subscribe()
                        .dispose());
        log.flushed().block(PATIENCE);

        // The last is settled by the thread that wrote it, which may still be about to.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(settled).hasValue(100));
        assertThat(handedOn).hasSize(100);
        assertThat(count(database, "SELECT count(*) FROM event")).isEqualTo(100);
    }

    private CommittedEvent stored(EventDraft draft) {
        return ((Appended.Stored) answer(draft)).event();
    }

    private Appended answer(EventDraft draft) {
        return await(log.append(draft, () -> {}));
    }

    private EventDraft byWebhook(String... keys) {
        return withDedupe(List.of(item("x")), new Dedupe.ByWebhook(List.of(keys)));
    }

    private EventDraft byItem(String... keys) {
        return withDedupe(List.of(keys).stream().map(Fixture::item).toList(), new Dedupe.ByItem(List.of(keys)));
    }

    private EventDraft withDedupe(List<EventItem> items, Dedupe dedupe) {
        return new EventDraft(
                Fixture.ORGANIZATION,
                Fixture.INSTANCE,
                List.of(endpoint),
                "application/json",
                Map.of(),
                new Body(new byte[1]),
                items,
                dedupe,
                null);
    }
}
