package dev.sluice.persistence.redelivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.redelivery.RedeliveryJob.State;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Jobs among nodes that die, come back and are told to stop. */
final class RedeliveryJobIT {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int EVENTS = 7;

    private static Database database;
    private static Node node;
    private static EventLog log;
    private static OutcomeLog outcomes;
    private static RedeliveryJobRepository jobs;
    private static RedeliveryScan scan;
    private static long organization;
    private static final List<EventId> EVENT_IDS = new ArrayList<>();

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        Fixture.instanceWithEndpoint(database);
        organization = count(database, "SELECT organization_id FROM instance");
        node = new Node(database, "test");
        node.start().block(PATIENCE);
        log = new EventLog(node, Duration.ofDays(1), event -> {}, 1);
        log.start();
        outcomes = new OutcomeLog(node);
        outcomes.start();
        jobs = new RedeliveryJobRepository(database);
        scan = new RedeliveryScan(database);
        for (int i = 0; i < EVENTS; i++) {
            EVENT_IDS.add(append("object-" + i % 3 + "-" + i));
        }
        // A job ends before the millisecond of its order.
        execute(database, "SELECT pg_sleep(0.005)");
    }

    @AfterAll
    static void stop() {
        outcomes.close();
        log.close();
        node.close();
        database.close();
    }

    @BeforeEach
    void forgetJobs() {
        execute(database, "DELETE FROM redelivery_job");
    }

    @Test
    void isGivenToOneOfManyNodes() {
        RedeliveryJob job = order(filter(null, null));

        List<RedeliveryJob> claims =
                await(Flux.range(0, 20).flatMap(i -> jobs.claim(LEASE, 4), 8).collectList());

        assertThat(claims).singleElement().extracting(RedeliveryJob::id).isEqualTo(job.id());
    }

    @Test
    void goesOnFromThePlaceThatWasWrittenDownWhenItsNodeIsGone() {
        order(filter(null, null));
        RedeliveryJob first = claim();
        Portion done = await(scan.next(first, first.after(), 3));
        assertThat(ids(done)).isEqualTo(EVENT_IDS.subList(0, 3));
        assertThat(moveOn(first, done, Duration.ZERO)).isTrue();
        RedeliveryJob abandoned = claim();
        assertThat(jobs.claim(LEASE, 4).collectList().block(PATIENCE)).isEmpty();

        endLease();
        RedeliveryJob next = claim();

        assertThat(next.after()).isEqualTo(done.end());
        Portion rest = await(scan.next(next, next.after(), 100));
        assertThat(ids(rest)).isEqualTo(EVENT_IDS.subList(3, EVENTS));
        assertThat(rest.last()).isTrue();
        assertThat(moveOn(abandoned, rest, Duration.ZERO))
                .as("whoever lost the claim moves nothing")
                .isFalse();
        assertThat(moveOn(next, rest, Duration.ZERO)).isTrue();
        RedeliveryJob over = await(jobs.find(Fixture.INSTANCE, next.id()));
        assertThat(over.state()).isEqualTo(State.DONE);
        assertThat(over.events()).isEqualTo(EVENTS);
    }

    @Test
    void stopsWhereItIsWhenItIsCancelledInTheMidst() {
        order(filter(null, null));
        RedeliveryJob claimed = claim();
        Portion portion = await(scan.next(claimed, claimed.after(), 2));

        assertThat(await(jobs.cancel(Fixture.INSTANCE, claimed.id())).state()).isEqualTo(State.CANCELLED);

        assertThat(moveOn(claimed, portion, Duration.ZERO)).isFalse();
        endLease();
        assertThat(jobs.claim(LEASE, 4).collectList().block(PATIENCE)).isEmpty();
        assertThat(await(jobs.cancel(Fixture.INSTANCE, claimed.id())).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void waitsBeforeItsNextPortion() {
        order(filter(null, null));
        RedeliveryJob claimed = claim();

        moveOn(claimed, await(scan.next(claimed, claimed.after(), 2)), Duration.ofMinutes(1));

        assertThat(jobs.claim(LEASE, 4).collectList().block(PATIENCE)).isEmpty();
        endLease();
        assertThat(claim().id()).isEqualTo(claimed.id());
    }

    @Test
    void goesThroughWhatItsFilterMeansAndNothingElse() {
        assertThat(found(filter(null, "object-1-4"))).containsExactly(EVENT_IDS.get(4));
        assertThat(found(filter(EventStatus.RECEIVED, null))).isEqualTo(EVENT_IDS);
        assertThat(found(filter(EventStatus.FAILED, null))).isEmpty();
        EventFilter early = new EventFilter(
                organization,
                Fixture.INSTANCE,
                null,
                EVENT_IDS.get(0).receivedAt().minusSeconds(1),
                null,
                null,
                "push",
                null,
                null,
                null);
        assertThat(found(early)).isEmpty();
        assertThat(found(new EventFilter(
                        organization, Fixture.INSTANCE, null, null, null, null, null, null, "OBJECT-2-", null)))
                .containsExactly(EVENT_IDS.get(2), EVENT_IDS.get(5));
    }

    @Test
    void takesAnyNumberOfOrdersOfTheSame() {
        for (int i = 0; i < 30; i++) {
            order(filter(null, null));
        }

        List<RedeliveryJob> claims =
                await(Flux.range(0, 10).concatMap(i -> jobs.claim(LEASE, 4)).collectList());

        assertThat(claims).hasSize(30).extracting(RedeliveryJob::id).doesNotHaveDuplicates();
    }

    private static EventId append(String objectId) {
        Appended stored = await(log.append(Fixture.draft(objectId, List.of()), () -> {}));
        EventId id = ((Appended.Stored) stored).event().id();
        outcomes.record(new Outcome.Unowed(id)).block(PATIENCE);
        return id;
    }

    private static EventFilter filter(@Nullable EventStatus status, @Nullable String objectId) {
        return new EventFilter(organization, Fixture.INSTANCE, null, null, status, null, null, objectId, null, null);
    }

    private static RedeliveryJob order(EventFilter filter) {
        return await(jobs.create(filter, Fixture.INSTANCE));
    }

    private static RedeliveryJob claim() {
        return await(jobs.claim(LEASE, 4).single());
    }

    private static boolean moveOn(RedeliveryJob job, Portion portion, Duration wait) {
        return await(jobs.moveOn(
                job,
                portion.end(),
                portion.last(),
                portion.events().size(),
                portion.events().size(),
                wait));
    }

    private static List<EventId> found(EventFilter filter) {
        RedeliveryJob job = order(filter);
        return ids(await(scan.next(job, job.after(), 100)));
    }

    private static List<EventId> ids(Portion portion) {
        return portion.events().stream().map(RedeliverableEvent::id).toList();
    }

    private static void endLease() {
        execute(database, "UPDATE redelivery_job SET next_at = now()");
    }
}
