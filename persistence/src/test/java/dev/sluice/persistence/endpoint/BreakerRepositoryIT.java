package dev.sluice.persistence.endpoint;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.delivery.DuePosition;
import dev.sluice.persistence.delivery.OwedDeliveryRepository;
import dev.sluice.persistence.delivery.OwedDeliveryRepository.DueEndpoint;
import dev.sluice.persistence.instance.Endpoint.Breaker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

final class BreakerRepositoryIT {
    private static final String URL = "http://localhost/callback";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final BreakerPause PAUSE = new BreakerPause(Duration.ofSeconds(100), Duration.ofSeconds(1_000));

    private static Database database;
    private static long endpoint;
    private static BreakerRepository breakers;
    private static ParkedRepository parked;
    private static OwedDeliveryRepository owed;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        endpoint = Fixture.instanceWithEndpoint(database);
        breakers = new BreakerRepository(database, PAUSE);
        parked = new ParkedRepository(database);
        owed = new OwedDeliveryRepository(database);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void reset() {
        execute(database, "DELETE FROM owed_delivery");
        execute(database, """
                UPDATE endpoint SET state = 'active', breaker = 'closed', breaker_due_at = NULL, openings = 0, chunk = 0,
                       failing_since = NULL, probed_event_id = NULL""");
        execute(database, "UPDATE instance SET disabled = false, deleted_at = NULL");
    }

    @Test
    void opensOnceHoweverOftenItIsTold() {
        open();
        open();

        assertThat(number("openings")).isEqualTo(1);
        assertThat(secondsUntilDue()).isBetween(80L, 111L);
        assertThat(count(database, "SELECT count(*) FROM endpoint WHERE failing_since <= now()"))
                .isEqualTo(1);
    }

    @Test
    void opensForNoOtherUrlAndNoEndpointThatIsNotActive() {
        breakers.open(endpoint, "http://elsewhere", "503", Duration.ZERO).block(PATIENCE);
        execute(database, "UPDATE endpoint SET state = 'deactivated'");
        open();

        assertThat(breaker()).isEqualTo("closed");
    }

    @Test
    void staysOpenAsLongAsTheReceiverAsksFor() {
        breakers.open(endpoint, URL, "503", Duration.ofSeconds(500)).block(PATIENCE);

        assertThat(secondsUntilDue()).isBetween(480L, 500L);
    }

    @Test
    void isGivenToOneOfManyNodes() {
        open();
        execute(database, "UPDATE endpoint SET breaker_due_at = now()");

        List<BreakerClaim> claims = await(
                Flux.range(0, 20).flatMap(i -> breakers.claim(LEASE, 5), 8).collectList());

        assertThat(claims)
                .hasSize(1)
                .allMatch(claim -> claim.endpointId() == endpoint && claim.breaker() == Breaker.OPEN);
    }

    @Test
    void claimsNothingOfAnEndpointWhoseBreakerIsOpenAndParksWhatIsDue() {
        owe(5, "now()");
        open();

        assertThat(await(owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .containsExactly(new DueEndpoint(endpoint, true, false));
        assertThat(await(owed.claimDue(endpoint, DuePosition.FIRST, LEASE, 10).collectList()))
                .isEmpty();
        assertThat(await(parked.park(endpoint, 3))).isEqualTo(3);
        assertThat(await(parked.park(endpoint, 3))).isEqualTo(2);
        assertThat(count(database, "SELECT count(*) FROM owed_delivery WHERE due_at IS NULL AND attempts = 0"))
                .isEqualTo(5);
        assertThat(await(owed.endpointsWithDueWork(-1, 10, Set.of()).collectList()))
                .isEmpty();
    }

    @Test
    void claimsNothingOfADeactivatedEndpointAndLeavesParkedWhatItIsOwed() {
        owe(2, "now()");
        execute(database, "UPDATE endpoint SET state = 'deactivated'");

        assertThat(await(owed.claimDue(endpoint, DuePosition.FIRST, LEASE, 10).collectList()))
                .isEmpty();
        assertThat(await(parked.park(endpoint, 10))).isEqualTo(2);
        await(parked.recoverLeftBehind(-1, 10));
        assertThat(breaker()).isEqualTo("closed");
    }

    @Test
    void parksNothingOfAnEndpointThatIsCalled() {
        owe(2, "now()");

        assertThat(await(parked.park(endpoint, 10))).isZero();
    }

    @Test
    void probesWithAnotherDeliveryEachTimeAndStaysOpenLongerUpToALimit() {
        owe(2, "NULL");
        long before = 0;

        for (int probe = 0; probe < 8; probe++) {
            BreakerClaim claim = openAndDue();
            ClaimedDelivery delivery = await(owed.claimProbe(endpoint, LEASE));
            assertThat(delivery.probing()).isTrue();
            assertThat(delivery.id().eventId().id()).isEqualTo(new UUID(0, 1 + probe % 2));
            execute(database, "UPDATE owed_delivery SET due_at = NULL");

            breakers.stayOpen(claim, delivery.id().eventId().id(), "502", Duration.ZERO)
                    .block(PATIENCE);

            assertThat(secondsUntilDue()).isBetween(Math.min(before, 880), 1_101L);
            before = secondsUntilDue() * 3 / 2;
        }
        assertThat(before).isGreaterThan(1_300);
    }

    @Test
    void changesNothingForWhoLostItsLease() {
        BreakerClaim lost = openAndDue();
        execute(database, "UPDATE endpoint SET breaker_due_at = now()");
        BreakerClaim holder = await(breakers.claim(LEASE, 1).next());

        breakers.close(lost).block(PATIENCE);
        assertThat(breaker()).isEqualTo("open");

        breakers.close(holder).block(PATIENCE);
        assertThat(breaker()).isEqualTo("recovering");
    }

    @Test
    void letsMoreGoEachTimeInTheOrderOfEventsUntilAllIsGone() {
        owe(40, "NULL");
        breakers.close(openAndDue()).block(PATIENCE);

        assertThat(release()).isEqualTo(8);
        // The chunk before has to be taken first.
        assertThat(release()).isZero();
        assertThat(takeAll()).containsExactlyElementsOf(events(1, 8));
        assertThat(release()).isEqualTo(16);
        assertThat(takeAll()).containsExactlyElementsOf(events(9, 24));
        assertThat(breaker()).isEqualTo("recovering");
        assertThat(release()).isEqualTo(16);
        assertThat(takeAll()).containsExactlyElementsOf(events(25, 40));
        assertThat(release()).isZero();

        assertThat(breaker()).isEqualTo("closed");
        assertThat(number("openings")).isZero();
    }

    @Test
    void restsWhileThereIsNothingToProbeWith() {
        BreakerClaim claim = openAndDue();

        assertThat(owed.claimProbe(endpoint, LEASE).blockOptional(PATIENCE)).isEmpty();
        breakers.rest(claim).block(PATIENCE);

        assertThat(breaker()).isEqualTo("open");
        assertThat(number("openings")).isEqualTo(1);
        assertThat(secondsUntilDue()).isBetween(80L, 111L);
    }

    @Test
    void recoversWhatWasParkedAsItsBreakerClosed() {
        owe(3, "NULL");

        assertThat(await(parked.recoverLeftBehind(-1, 10))).isEqualTo(-1);

        assertThat(breaker()).isEqualTo("recovering");
        assertThat(release()).isEqualTo(3);
    }

    @Test
    void leavesParkedWhatAnOpenBreakerHolds() {
        owe(3, "NULL");
        open();

        await(parked.recoverLeftBehind(-1, 10));

        assertThat(breaker()).isEqualTo("open");
        // A full page says where to go on.
        assertThat(await(parked.recoverLeftBehind(-1, 1))).isEqualTo(endpoint);
    }

    @Test
    void leavesParkedWhatADisabledInstanceIsOwedUntilItIsEnabledOrDeleted() {
        owe(3, "NULL");
        execute(database, "UPDATE instance SET disabled = true");

        await(parked.recoverLeftBehind(-1, 10));
        assertThat(breaker()).isEqualTo("closed");

        execute(database, "UPDATE instance SET disabled = false");
        await(parked.recoverLeftBehind(-1, 10));
        assertThat(breaker()).isEqualTo("recovering");

        execute(database, "UPDATE instance SET disabled = true");
        assertThat(release()).isZero();
        assertThat(breaker()).isEqualTo("closed");
        assertThat(count(database, "SELECT count(*) FROM owed_delivery WHERE due_at IS NULL"))
                .isEqualTo(3);

        execute(database, "UPDATE instance SET deleted_at = now()");
        await(parked.recoverLeftBehind(-1, 10));
        assertThat(release()).isEqualTo(3);
    }

    private static void open() {
        breakers.open(endpoint, URL, "503", Duration.ZERO).block(PATIENCE);
    }

    /** A claim of the breaker, opened if it is not open yet. */
    private static BreakerClaim openAndDue() {
        open();
        execute(database, "UPDATE endpoint SET breaker_due_at = now()");
        return await(breakers.claim(LEASE, 1).next());
    }

    private static long release() {
        execute(database, "UPDATE endpoint SET breaker_due_at = now()");
        return await(parked.release(await(breakers.claim(LEASE, 1).next())));
    }

    /** Claims one by one, because those that are claimed together come in any order. */
    private static List<UUID> takeAll() {
        return await(Flux.range(0, 50)
                .concatMap(i -> owed.claimDue(endpoint, DuePosition.FIRST, LEASE, 1))
                .map(claim -> claim.id().eventId().id())
                .collectList());
    }

    private static List<UUID> events(int first, int last) {
        return await(
                Flux.range(first, last - first + 1).map(i -> new UUID(0, i)).collectList());
    }

    private static void owe(int rows, String due) {
        execute(database, """
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
                SELECT %d, ('00000000-0000-0000-0000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, 4711, 0, %s
                  FROM generate_series(1, %d) AS i""".formatted(endpoint, due, rows));
    }

    private static String breaker() {
        return await(database.client()
                .sql("SELECT breaker FROM endpoint")
                .map(row -> row.get("breaker", String.class))
                .one());
    }

    private static long number(String column) {
        return count(database, "SELECT %s::bigint FROM endpoint".formatted(column));
    }

    private static long secondsUntilDue() {
        return count(database, "SELECT extract(epoch FROM breaker_due_at - now())::bigint FROM endpoint");
    }
}
