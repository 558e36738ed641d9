package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static dev.sluice.persistence.delivery.LinesRig.LEASE;
import static dev.sluice.persistence.delivery.LinesRig.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.LineRepository.Most;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.delivery.OwedDeliveryRepository.DueEndpoint;
import dev.sluice.persistence.eventlog.EventRepository;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deliveries of ordered events: who is claimed before whom, and what lets the next one go. */
final class LinesIT {
    private static final Duration LATER = Duration.ofHours(1);
    private static final LinesRig RIG = new LinesRig();

    @AfterAll
    static void stop() {
        RIG.close();
    }

    @BeforeEach
    void oweNothing() {
        RIG.oweNothing();
    }

    @Test
    void owesWithTheCommitAndInTheOrderOfTheAnswers() {
        int before = RIG.unaccounted();
        List<DeliveryId> committed = IntStream.range(0, 20)
                .mapToObj(i -> RIG.append("a", "b").get(0))
                .toList();

        assertThat(RIG.inOrderOfPositions()).filteredOn(id -> id.part() == 0).containsExactlyElementsOf(committed);
        assertThat(RIG.unaccounted() - before)
                .as("nothing is left of each but to make it searchable")
                .isEqualTo(committed.size());
        RIG.outcomes.record(new Outcome.Unowed(committed.get(0).eventId())).block(PATIENCE);
        assertThat(count(
                        RIG.database,
                        "SELECT count(*) FROM event_search WHERE status = 'RECEIVED' AND event_id = '"
                                + committed.get(0).eventId().id() + "'"))
                .as("of both objects")
                .isEqualTo(2);
        assertThat(RIG.unaccounted() - before).isEqualTo(committed.size() - 1);
        assertThat(count(RIG.database, "SELECT count(*) FROM owed_delivery")).isEqualTo(2L * committed.size());
    }

    @Test
    void makesAPartOfEachObjectThatIsReadBackAlike() {
        List<DeliveryId> parts = RIG.append("a", "b", "a");

        assertThat(parts).hasSize(2);
        var stored = await(new EventRepository(RIG.database).find(parts.get(0).eventId()));
        assertThat(stored.byObject()).isTrue();
        assertThat(stored.parts()).isEqualTo(2);
        assertThat(ids(RIG.claim(10))).containsExactlyInAnyOrderElementsOf(parts);
    }

    @Test
    void claimsTheFirstOfEachLineAndSetsTheOthersAside() {
        DeliveryId first = RIG.append("a").get(0);
        RIG.append("a");
        RIG.append("a");
        DeliveryId other = RIG.append("b").get(0);

        LineRepository.Turn turn =
                await(RIG.lines.claimFirst(RIG.endpoint, DuePosition.FIRST, LEASE, LinesRig.most(10)));

        assertThat(ids(turn.claims())).containsExactlyInAnyOrder(first, other);
        assertThat(turn.claims()).allMatch(ClaimedDelivery::inLine);
        assertThat(turn.others()).isTrue();
        assertThat(await(RIG.lines.setAside(RIG.endpoint, DuePosition.FIRST))).isEqualTo(2);
        assertThat(await(RIG.owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .isEmpty();
        assertThat(RIG.claim(10)).isEmpty();
    }

    @Test
    void leavesWhatStandsInLineToThoseWhoMindTheOrder() {
        RIG.append("a");

        assertThat(await(RIG.owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .containsExactly(new DueEndpoint(RIG.endpoint, false, true));
        assertThat(await(RIG.owed
                        .claimDue(RIG.endpoint, DuePosition.FIRST, LEASE, 10)
                        .collectList()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void letsTheNextGoHoweverTheFirstEnds(Ending ending) {
        RIG.append("a");
        DeliveryId second = RIG.append("a").get(0);
        DeliveryId third = RIG.append("a").get(0);
        ClaimedDelivery claim = RIG.claim(10).get(0);

        RIG.end(claim, ending);

        List<ClaimedDelivery> next = RIG.claim(10);
        assertThat(ids(next)).containsExactly(second);
        RIG.end(next.get(0), ending);
        assertThat(ids(RIG.claim(10))).containsExactly(third);
    }

    @Test
    void keepsTheLineWaitingForAnAttemptThatIsNotDueYet() {
        DeliveryId first = RIG.append("a").get(0);
        RIG.append("a");
        ClaimedDelivery claim = RIG.claim(10).get(0);
        RIG.outcomes
                .record(new Outcome.ClaimReturned(claim, RIG.attempt(claim, null), LATER))
                .block(PATIENCE);
        RIG.append("a");

        assertThat(RIG.claim(10)).isEmpty();
        execute(RIG.database, "UPDATE owed_delivery SET due_at = now() WHERE attempts = 1");
        assertThat(ids(RIG.claim(10))).containsExactly(first);
    }

    @Test
    void claimsOnlyFirstAttemptsWhereRepeatsMustWait() {
        RIG.append("a");
        ClaimedDelivery claim = RIG.claim(10).get(0);
        RIG.outcomes
                .record(new Outcome.ClaimReturned(claim, RIG.attempt(claim, null), Duration.ZERO))
                .block(PATIENCE);
        RIG.append("a");
        DeliveryId other = RIG.append("b").get(0);

        LineRepository.Turn turn =
                await(RIG.lines.claimFirst(RIG.endpoint, DuePosition.FIRST, LEASE, new Most(10, false)));

        assertThat(ids(turn.claims())).containsExactly(other);
        assertThat(ids(RIG.claim(10))).containsExactly(claim.id());
    }

    @Test
    void putsWhatIsMadeAgainAtTheEndOfItsLine() {
        DeliveryId again = RIG.append("a").get(0);
        DeliveryId second = RIG.append("a").get(0);
        RIG.end(RIG.claim(10).get(0), Ending.EXHAUSTED);

        assertThat(await(RIG.outcomes.record(new Outcome.Again(again)))).isEqualTo(Recorded.WRITTEN);
        DeliveryId last = RIG.append("a").get(0);

        assertThat(RIG.inOrderOfPositions()).containsExactly(second, again, last);
        assertThat(ids(RIG.claim(10))).containsExactly(second);
    }

    @Test
    void leavesInItsPlaceWhatWaitsInLineAndIsAskedForAgain() {
        DeliveryId first = RIG.append("a").get(0);
        DeliveryId second = RIG.append("a").get(0);

        assertThat(await(RIG.outcomes.record(new Outcome.Again(second)))).isEqualTo(Recorded.WRITTEN);

        assertThat(ids(RIG.claim(10))).containsExactly(first);
    }

    @Test
    void probesAnOpenBreakerWithTheFirstOfALine() {
        DeliveryId first = RIG.append("a").get(0);
        RIG.append("a");
        RIG.append("a");
        execute(RIG.database, "UPDATE endpoint SET breaker = 'open', breaker_due_at = now()");
        execute(RIG.database, "UPDATE owed_delivery SET due_at = NULL");
        execute(RIG.database, """
                UPDATE endpoint SET probed_event_id = (SELECT event_id FROM owed_delivery ORDER BY position LIMIT 1)""");

        ClaimedDelivery probe = await(RIG.owed.claimProbe(RIG.endpoint, LEASE));

        assertThat(probe.id()).isEqualTo(first);
        assertThat(probe.probing()).isTrue();
        assertThat(RIG.owed.claimProbe(RIG.endpoint, LEASE).blockOptional(PATIENCE))
                .as("it is under way")
                .isEmpty();
    }
}
