package dev.sluice.persistence.token;

import static dev.sluice.persistence.Fixture.PLANTED;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretCipher;
import dev.sluice.persistence.secret.UndecipherableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

@TestInstance(Lifecycle.PER_CLASS)
final class TokenRepositoryIT {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Lifetime HOUR = new Lifetime(Duration.ofHours(1), Duration.ofMinutes(55));
    private static final Lifetime OVER = new Lifetime(Duration.ZERO, Duration.ZERO);
    private static final ProviderTokens.Client CLIENT = new ProviderTokens.Client("id", PLANTED, "uri", "scope");
    private static final ProviderTokens FIRST =
            new ProviderTokens("access-" + PLANTED, "refresh-" + PLANTED, CLIENT, false);
    private static final ProviderTokens SECOND =
            new ProviderTokens("second-access-" + PLANTED, "second-refresh-" + PLANTED, CLIENT, true);

    private final Database database = TestDatabase.create();
    private final SecretCipher cipher;
    private final TokenRepository tokens;
    private final LeavingRepository leaving;

    TokenRepositoryIT(@TempDir Path directory) {
        cipher = SecretCipher.readOrGenerate(directory.resolve("keyset.json"));
        tokens = new TokenRepository(database, cipher);
        leaving = new LeavingRepository(database, cipher);
    }

    @BeforeEach
    void oneInstance() {
        execute(database, "TRUNCATE organization CASCADE");
        Fixture.instanceWithEndpoint(database);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void readsBackWhatWasSavedAndKeepsItEncrypted() {
        save(FIRST, HOUR);

        StoredTokens stored = await(tokens.find(Fixture.INSTANCE));

        assertThat(stored.tokens()).isEqualTo(FIRST);
        assertThat(stored.expired()).isFalse();
        assertThat(stored.toString()).doesNotContain("4711-a");
        assertThat(count(
                        database, "SELECT count(*) FROM provider_token WHERE position('planted'::bytea IN sealed) > 0"))
                .isZero();
    }

    @Test
    void bindsTheCiphertextToItsInstance() {
        save(FIRST, HOUR);
        execute(database, """
                INSERT INTO instance (id, organization_id, user_id, element_key, name, tags, configuration, secrets, token_hash)
                SELECT 4712, organization_id, user_id, element_key, name, tags, configuration, secrets, '\\x02'
                  FROM instance WHERE id = 4711""");
        execute(database, "UPDATE provider_token SET instance_id = 4712");

        StepVerifier.create(tokens.find(4712)).verifyError(UndecipherableException.class);
    }

    @Test
    void keepsNothingForAnInstanceThatIsNot() {
        StepVerifier.create(tokens.save(99, FIRST, HOUR)).verifyError(DataIntegrityViolationException.class);
    }

    @Test
    void leasesToOneOfManyAtOnce() {
        save(FIRST, OVER);

        List<TokenLease> leases = await(Flux.range(0, 30)
                .flatMap(each -> tokens.lease(Fixture.INSTANCE, 1, LEASE), 30)
                .collectList());

        assertThat(leases).hasSize(1);
    }

    @Test
    void leasesAgainWhenTheHolderIsGone() {
        save(FIRST, OVER);
        TokenLease lost = await(tokens.lease(Fixture.INSTANCE, 1, Duration.ZERO));

        TokenLease next = await(tokens.lease(Fixture.INSTANCE, 1, LEASE));

        StepVerifier.create(tokens.renew(lost, SECOND, HOUR)).verifyComplete();
        assertThat(await(tokens.giveBack(lost, LEASE, null))).isFalse();
        assertThat(await(tokens.renew(next, SECOND, HOUR)).tokens()).isEqualTo(SECOND);
    }

    @Test
    void leavesANewGrantAloneWhenAnOlderOneIsRefreshed() {
        save(FIRST, OVER);
        TokenLease lease = await(tokens.lease(Fixture.INSTANCE, 1, LEASE));

        save(SECOND, HOUR);

        StepVerifier.create(tokens.renew(lease, FIRST, HOUR)).verifyComplete();
        assertThat(await(tokens.find(Fixture.INSTANCE)).tokens()).isEqualTo(SECOND);
    }

    @Test
    void leasesNothingForAGenerationThatIsOver() {
        save(FIRST, OVER);
        save(SECOND, OVER);

        StepVerifier.create(tokens.lease(Fixture.INSTANCE, 1, LEASE)).verifyComplete();
        assertThat(await(tokens.find(Fixture.INSTANCE)).generation()).isEqualTo(2);
    }

    @Test
    void findsWhatIsDueAndNothingElse() {
        save(FIRST, HOUR);
        StepVerifier.create(tokens.leaseDue(LEASE, 10)).verifyComplete();

        save(SECOND, OVER);
        TokenLease due = await(tokens.leaseDue(LEASE, 10).single());
        StepVerifier.create(tokens.leaseDue(LEASE, 10)).verifyComplete();
        assertThat(await(tokens.giveBack(due, null, "refused"))).isTrue();

        StepVerifier.create(tokens.leaseDue(LEASE, 10)).verifyComplete();
        assertThat(await(tokens.find(Fixture.INSTANCE)).problem()).isEqualTo("refused");
        assertThat(await(tokens.find(Fixture.INSTANCE)).failures()).isOne();
    }

    @Test
    void remembersADeletedInstancesTokensUntilTheyAreGivenBack() {
        save(FIRST, OVER);
        leaving.leave(Fixture.INSTANCE).block(Fixture.PATIENCE);

        StepVerifier.create(tokens.find(Fixture.INSTANCE)).verifyComplete();
        StepVerifier.create(tokens.leaseDue(LEASE, 10)).verifyComplete();
        LeavingInstance first = await(leaving.claim(LEASE, 10).single());
        assertThat(first.elementKey()).isEqualTo("github");
        assertThat(first.stored().tokens()).isEqualTo(FIRST);
        StepVerifier.create(leaving.claim(LEASE, 10)).verifyComplete();

        leaving.postpone(first, Duration.ZERO).block(Fixture.PATIENCE);
        LeavingInstance second = await(leaving.claim(LEASE, 10).single());
        assertThat(second.attempts()).isOne();
        leaving.forget(second).block(Fixture.PATIENCE);
        assertThat(count(database, "SELECT count(*) FROM provider_token")).isZero();
    }

    private void save(ProviderTokens given, Lifetime lifetime) {
        tokens.save(Fixture.INSTANCE, given, lifetime).block(Fixture.PATIENCE);
    }
}
