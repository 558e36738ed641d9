package dev.sluice.persistence.account;

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
        StepVerifier.create(accounts.bootstrap("organization", "user").then(accounts.find("organization", "user")))
                .assertNext(account -> {
                    assertThat(account.organizationId()).isOne();
                    assertThat(account.userId()).isOne();
                })
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void findsNobodyWhenOneSecretIsWrong() {
        StepVerifier.create(accounts.bootstrap("organization", "user")
                        .thenMany(Flux.concat(
                                accounts.find("organization", "wrong"),
                                accounts.find("wrong", "user"),
                                accounts.find("user", "organization"))))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void findsNobodyWhenTheUserIsOfAnotherOrganization() {
        StepVerifier.create(accounts.bootstrap("organization", "user")
                        .then(addOrganization("another"))
                        .then(accounts.find("another", "user")))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void replacesTheSecretsWhenOthersAreGiven() {
        StepVerifier.create(accounts.bootstrap("old", "old user")
                        .then(accounts.bootstrap("new", "new user"))
                        .thenMany(Flux.concat(accounts.find("old", "old user"), accounts.find("new", "new user"))))
                .assertNext(account -> assertThat(account.organizationId()).isOne())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void keepsTheFormerSecretsForTheOverlapWhileNodesRestartOneByOne() {
        Duration overlap = Duration.ofHours(1);
        StepVerifier.create(accounts.bootstrap("old", "old user")
                        .then(accounts.bootstrap("new", "new user", overlap))
                        .then(accounts.bootstrap("old", "old user", overlap))
                        .thenMany(Flux.concat(
                                accounts.find("old", "old user"),
                                accounts.find("new", "new user"),
                                accounts.find("old", "new user"))))
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void makesOneAccountWhenManyNodesStartAtOnce() {
        StepVerifier.create(Flux.range(0, 8)
                        .flatMap(unused -> accounts.bootstrap("organization", "user"), 8)
                        .distinct())
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void leavesTheFirstNumberToTheFirstOrganization() {
        StepVerifier.create(addOrganization("early").then(accounts.bootstrap("organization", "user")))
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
