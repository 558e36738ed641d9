package dev.sluice.persistence.session;

import static dev.sluice.persistence.Fixture.execute;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
final class SessionRepositoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database = TestDatabase.create();
    private final AccountRepository accounts = new AccountRepository(database);
    private final SessionRepository sessions =
            new SessionRepository(database, Duration.ofHours(1), Duration.ofHours(12));

    @BeforeEach
    void signIn() {
        execute(database, "TRUNCATE organization CASCADE");
        Account account =
                requireNonNull(accounts.bootstrap("organization", "user").block(PATIENCE));
        sessions.open("token", account).block(PATIENCE);
        sessions.open("another token", account).block(PATIENCE);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void knowsWhoShowsAToken() {
        assertThat(whose("token")).isNotNull().extracting(Account::userId).isEqualTo(1L);
        assertThat(whose("no token")).isNull();
    }

    @Test
    void storesNoToken() {
        String stored = database.client()
                .sql("SELECT string_agg(s::text, ' ') AS rows FROM console_session AS s")
                .map(row -> row.get("rows", String.class))
                .one()
                .block(PATIENCE);
        assertThat(stored).isNotBlank().doesNotContain("token", HexFormat.of().formatHex("token".getBytes(UTF_8)));
    }

    @Test
    void isOverAfterAnIdleHour() {
        execute(database, "UPDATE console_session SET seen_at = now() - interval '61 minutes'");
        assertThat(whose("token")).isNull();
    }

    @Test
    void staysOpenWhileItIsUsed() {
        execute(database, "UPDATE console_session SET seen_at = now() - interval '59 minutes'");
        assertThat(whose("token")).isNotNull();
        execute(database, "UPDATE console_session SET seen_at = seen_at - interval '59 minutes'");
        assertThat(whose("token")).isNotNull();
    }

    @Test
    void isOverAfterItsLongestTimeHoweverMuchItIsUsed() {
        execute(database, "UPDATE console_session SET opened_at = now() - interval '721 minutes'");
        assertThat(whose("token")).isNull();
    }

    @Test
    void endsWithTheSecretItWasOpenedBy() {
        accounts.bootstrap("organization", "other", Duration.ofMinutes(1)).block(PATIENCE);
        assertThat(whose("token")).isNotNull();
        execute(database, "UPDATE account_user SET former_secret_until = now()");
        assertThat(whose("token")).isNull();
    }

    @Test
    void closesOneOrAll() {
        sessions.close("token").block(PATIENCE);
        assertThat(whose("token")).isNull();
        assertThat(whose("another token")).isNotNull();

        sessions.closeAll(1).block(PATIENCE);
        assertThat(whose("another token")).isNull();
    }

    private @Nullable Account whose(String token) {
        return sessions.find(token).block(PATIENCE);
    }
}
