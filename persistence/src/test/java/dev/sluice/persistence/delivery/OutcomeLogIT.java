package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.NodeRig;
import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.progress.Findable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

final class OutcomeLogIT {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final NodeRig rig = new NodeRig(1);
    private final OwedDeliveryRepository owed = new OwedDeliveryRepository(rig.database);

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void endsADeliveryFromMemoryWithOneRowInTheLog() {
        DeliveryId delivery = rig.committed("a");
        assertThat(rig.unaccounted()).isEqualTo(1);

        Attempt attempt = attempt(delivery, 1, Ending.DELIVERED, 200);
        assertThat(await(rig.outcomes.record(new Outcome.Ended(attempt)))).isEqualTo(Recorded.WRITTEN);

        assertThat(rig.unaccounted()).isZero();
        assertThat(owedRows()).isZero();
        assertThat(attempts(delivery)).containsExactly(attempt);
    }

    @Test
    void writesWhatProvesNotToBeItsEventsFirstOutcomeAndItsNeighbours() {
        EventId known = rig.committed("known").eventId();
        EventId fresh = rig.committed("fresh").eventId();
        await(rig.outcomes.record(new Outcome.Unowed(known)));

        Flux.merge(rig.outcomes.record(unowed(known)), rig.outcomes.record(unowed(fresh)))
                .collectList()
                .block(PATIENCE);

        assertThat(count(rig.database, "SELECT count(*) FROM event_search")).isEqualTo(2);
        assertThat(count(rig.database, "SELECT sum(received)::bigint FROM event_rollup"))
                .isEqualTo(2);
    }

    private static Outcome unowed(EventId event) {
        return new Outcome.Unowed(
                event, new Findable(Fixture.ORGANIZATION, 0, List.of(new Findable.Item("push", "1", "CREATED"))));
    }

    @Test
    void restsBetweenSmallGroups() {
        List<DeliveryId> deliveries = IntStream.range(0, 5)
                .mapToObj(each -> rig.committed("rest " + each))
                .toList();

        long began = System.nanoTime();
        deliveries.forEach(
                delivery -> await(rig.outcomes.record(new Outcome.Ended(attempt(delivery, 1, Ending.DELIVERED, 200)))));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(4 * 20));
    }

    @Test
    void owesWhatFailedAndClaimsItWhenItIsDue() {
        DeliveryId now = rig.committed("now");
        DeliveryId later = rig.committed("later");

        rig.outcomes
                .record(new Outcome.Owed(now, attempt(now, 1, null, 502), Duration.ZERO))
                .block(PATIENCE);
        rig.outcomes.record(new Outcome.Owed(later, null, Duration.ofHours(1))).block(PATIENCE);

        assertThat(rig.unaccounted()).isZero();
        assertThat(await(owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .containsExactly(new OwedDeliveryRepository.DueEndpoint(rig.endpoint, false, false));
        ClaimedDelivery claim = claim();
        assertThat(claim.id()).isEqualTo(now);
        assertThat(claim.attempts()).isEqualTo(1);
        assertThat(claim.claims()).isEqualTo(1);
        assertThat(Objects.requireNonNull(claim.sinceFirstFailure())).isBetween(Duration.ZERO, PATIENCE);
        assertThat(await(owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .isEmpty();
    }

    @Test
    void parksWithoutADueTime() {
        DeliveryId delivery = rig.committed("parked");

        rig.outcomes.record(new Outcome.Owed(delivery, null, null)).block(PATIENCE);

        assertThat(count(rig.database, "SELECT count(*) FROM owed_delivery WHERE due_at IS NULL"))
                .isEqualTo(1);
        assertThat(await(owed.claimDue(rig.endpoint, DuePosition.FIRST, LEASE, 10)
                        .collectList()))
                .isEmpty();
    }

    @Test
    void endsAClaimAndRemovesItsRow() {
        DeliveryId delivery = owedNow("a");
        ClaimedDelivery claim = claim();

        Attempt attempt = attempt(delivery, 1, Ending.DELIVERED, 204);
        assertThat(await(rig.outcomes.record(new Outcome.ClaimEnded(claim, attempt))))
                .isEqualTo(Recorded.WRITTEN);

        assertThat(owedRows()).isZero();
        assertThat(attempts(delivery)).containsExactly(attempt);
    }

    @Test
    void returnsAClaimForItsNextAttempt() {
        DeliveryId delivery = owedNow("a");

        Attempt failed = attempt(delivery, 1, null, 500);
        rig.outcomes
                .record(new Outcome.ClaimReturned(claim(), failed, Duration.ZERO))
                .block(PATIENCE);

        ClaimedDelivery again = claim();
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.claims()).isEqualTo(1);
        assertThat(attempts(delivery)).containsExactly(failed);
    }

    @Test
    void doesNotCountAClaimThatIsGivenBackUnused() {
        owedNow("a");

        rig.outcomes
                .record(new Outcome.ClaimReturned(claim(), null, Duration.ZERO))
                .block(PATIENCE);

        ClaimedDelivery again = claim();
        assertThat(again.attempts()).isZero();
        assertThat(again.claims()).isEqualTo(1);
    }

    @Test
    void letsNoStaleWorkerEndOrExtendAnothersLeaseButLogsItsAttempt() {
        DeliveryId delivery = owedNow("a");
        ClaimedDelivery lost = claim();
        Fixture.execute(rig.database, "UPDATE owed_delivery SET due_at = now()");
        ClaimedDelivery holder = claim();
        assertThat(holder.generation()).isGreaterThan(lost.generation());

        Recorded late =
                await(rig.outcomes.record(new Outcome.ClaimEnded(lost, attempt(delivery, 1, Ending.DELIVERED, 200))));
        Recorded lateReturn = await(rig.outcomes.record(new Outcome.ClaimReturned(lost, null, Duration.ofHours(5))));

        assertThat(late).isEqualTo(Recorded.TOO_LATE);
        assertThat(lateReturn).isEqualTo(Recorded.TOO_LATE);
        assertThat(owedRows()).isEqualTo(1);
        assertThat(attempts(delivery)).extracting(Attempt::ending).containsOnlyNulls();
        assertThat(count(rig.database, "SELECT count(*) FROM owed_delivery WHERE due_at > now() + interval '1 hour'"))
                .as("the holder's lease ends when it would have ended")
                .isZero();
        assertThat(await(rig.outcomes.record(
                        new Outcome.ClaimEnded(holder, attempt(delivery, 1, Ending.DELIVERED, 200)))))
                .isEqualTo(Recorded.WRITTEN);
    }

    @Test
    void givesEachDueRowToOneOfManyClaimers() {
        int rows = 200;
        Flux.range(0, rows)
                .concatMap(i -> rig.append("e" + i))
                .map(rig::delivery)
                .flatMap(delivery -> rig.outcomes.record(new Outcome.Owed(delivery, null, Duration.ZERO)), rows)
                .then()
                .block(PATIENCE);

        List<ClaimedDelivery> claims = await(Flux.range(0, 40)
                .flatMap(i -> owed.claimDue(rig.endpoint, DuePosition.FIRST, LEASE, 7), 8)
                .collectList());

        assertThat(claims).hasSize(rows).extracting(ClaimedDelivery::id).doesNotHaveDuplicates();
    }

    @Test
    void writesTheOthersOfAGroupWhenOneOutcomeIsPoison() {
        DeliveryId before = rig.committed("before");
        DeliveryId healthy = rig.committed("healthy");
        DeliveryId poison = rig.committed("poison");
        Attempt poisoned = new Attempt(
                poison, 1, rig.node().clock().now(), "bad\0word", Ending.DELIVERED, 200, Duration.ZERO, null, null);

        List<Recorded> written = await(
                // The first is a group of its own; the others gather meanwhile.
                Flux.just(
                                attempt(before, 1, Ending.DELIVERED, 200),
                                attempt(healthy, 1, Ending.DELIVERED, 200),
                                poisoned)
                        .map(Outcome.Ended::new)
                        .flatMapDelayError(rig.outcomes::record, 3, 3)
                        .onErrorComplete()
                        .collectList());

        assertThat(written).containsExactly(Recorded.WRITTEN, Recorded.WRITTEN);
        assertThat(attempts(healthy)).hasSize(1);
        assertThat(rig.unaccounted()).isEqualTo(1);
    }

    private DeliveryId owedNow(String id) {
        DeliveryId delivery = rig.committed(id);
        rig.outcomes.record(new Outcome.Owed(delivery, null, Duration.ZERO)).block(PATIENCE);
        return delivery;
    }

    private ClaimedDelivery claim() {
        return await(owed.claimDue(rig.endpoint, DuePosition.FIRST, LEASE, 1).next());
    }

    private List<Attempt> attempts(DeliveryId delivery) {
        return await(new AttemptRepository(rig.database)
                .ofEvent(delivery.eventId(), null, 1_000)
                .map(AddressedAttempt::attempt)
                .collectList());
    }

    private long owedRows() {
        return count(rig.database, "SELECT count(*) FROM owed_delivery");
    }

    private Attempt attempt(DeliveryId delivery, int number, @Nullable Ending ending, int status) {
        Body response = ending == null ? new Body(new byte[] {'n', 'o'}) : null;
        return new Attempt(
                delivery,
                number,
                rig.node().clock().now().truncatedTo(ChronoUnit.MICROS),
                ending == null ? "refused" : "success",
                ending,
                status,
                Duration.ofMillis(12),
                response,
                null);
    }
}
