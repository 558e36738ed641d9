package dev.sluice.persistence.account;

import static dev.sluice.persistence.Fixture.PLANTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretHash;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@TestInstance(Lifecycle.PER_CLASS)
final class AccountRepositoryIT {
    private static final String ORGANIZATION = "organization-" + PLANTED;
    private static final String USER = "user-" + PLANTED;
    private static final String OLD = "old-" + PLANTED;
    private static final String OLD_USER = "old-user-" + PLANTED;
    private static final String NEW = "new-" + PLANTED;
    private static final String NEW_USER = "new-user-" + PLANTED;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database = TestDatabase.create();
    private final AccountRepository accounts = new AccountRepository(database);

    @BeforeEach
    void empty() {
        database.client().sql("TRUNCATE organization CASCADE").then().block(PATIENCE);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void findsTheFirstAccountByItsTwoSecrets() {
        StepVerifier.create(accounts.bootstrap(ORGANIZATION, USER).then(accounts.find(ORGANIZATION, USER)))
                .assertNext(account -> {
                    assertThat(account.organizationId()).isOne();
                    assertThat(account.userId()).isOne();
                })
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void findsNobodyWhenOneSecretIsWrong() {
        StepVerifier.create(accounts.bootstrap(ORGANIZATION, USER)
                        .thenMany(Flux.concat(
                                accounts.find(ORGANIZATION, "wrong-" + PLANTED),
                                accounts.find("wrong-" + PLANTED, USER),
                                accounts.find(USER, ORGANIZATION))))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void findsNobodyWhenTheUserIsOfAnotherOrganization() {
        StepVerifier.create(accounts.bootstrap(ORGANIZATION, USER)
                        .then(addOrganization("another-" + PLANTED))
                        .then(accounts.find("another-" + PLANTED, USER)))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void replacesTheSecretsWhenOthersAreGiven() {
        StepVerifier.create(accounts.bootstrap(OLD, OLD_USER)
                        .then(accounts.bootstrap(NEW, NEW_USER))
                        .thenMany(Flux.concat(accounts.find(OLD, OLD_USER), accounts.find(NEW, NEW_USER))))
                .assertNext(account -> assertThat(account.organizationId()).isOne())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void keepsTheFormerSecretsForTheOverlapWhileNodesRestartOneByOne() {
        Duration overlap = Duration.ofHours(1);
        StepVerifier.create(accounts.bootstrap(OLD, OLD_USER)
                        .then(accounts.bootstrap(NEW, NEW_USER, overlap))
                        .then(accounts.bootstrap(OLD, OLD_USER, overlap))
                        .thenMany(Flux.concat(
                                accounts.find(OLD, OLD_USER),
                                accounts.find(NEW, NEW_USER),
                                accounts.find(OLD, NEW_USER))))
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void makesOneAccountWhenManyNodesStartAtOnce() {
        StepVerifier.create(Flux.range(0, 8)
                        .flatMap(unused -> accounts.bootstrap(ORGANIZATION, USER), 8)
                        .distinct())
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void leavesTheFirstNumberToTheFirstOrganization() {
        StepVerifier.create(addOrganization("early-" + PLANTED).then(accounts.bootstrap(ORGANIZATION, USER)))
                .assertNext(account -> assertThat(account.organizationId()).isOne())
                .expectComplete()
                .verify(PATIENCE);
    }

    private Mono<Void> addOrganization(String secret) {
        return database.client()
                .sql("INSERT INTO organization (name, secret_hash) VALUES ('other', :hash)")
                .bind("hash", SecretHash.of(secret))
                .then();
    }
}
