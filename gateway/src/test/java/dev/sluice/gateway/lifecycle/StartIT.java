package dev.sluice.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PROGRAMS = Path.of("target");

    @TempDir
    private Path directory;

    @Test
    void saysWhoHoldsTheDataDirectory() throws Exception {
        try (GatewayProcess first = GatewayProcess.start(directory, Map.of()).awaitReady();
                GatewayProcess second = GatewayProcess.start(directory, Map.of())) {
            assertThat(second.awaitExit()).isNotZero();
            assertThat(second.output())
                    .contains("held by process " + first.pid() + ", started 2")
                    .doesNotContain("\tat ");
            assertThat(first.readiness()).isEqualTo(200);
        }
    }

    @Test
    void startsAgainWithTheSameSecretsAfterAKillAndShowsThemNoMore() throws Exception {
        String secret;
        try (GatewayProcess killed =
                GatewayProcess.start(directory, Map.of()).awaitReady()) {
            secret = Files.readString(directory.resolve("data/user-secret")).strip();
            assertThat(killed.output()).contains("User secret         " + secret);
            killed.kill();
        }
        try (GatewayProcess next = GatewayProcess.start(directory, Map.of()).awaitReady()) {
            assertThat(next.readiness()).isEqualTo(200);
            assertThat(next.output()).doesNotContain(secret).contains("User $(cat '" + directory);
            assertThat(directory.resolve("data/user-secret")).hasContent(secret);
        }
    }

    @Test
    void isReadyAgainAfterPostgreSqlWasKilled() throws Exception {
        try (GatewayProcess gateway =
                GatewayProcess.start(directory, Map.of()).awaitReady()) {
            String server = Files.readString(directory.resolve("data/postgresql/postmaster.pid"))
                    .lines()
                    .findFirst()
                    .orElseThrow();
            ProcessHandle.of(Long.parseLong(server)).orElseThrow().destroyForcibly();
            await().atMost(PATIENCE).until(() -> gateway.output().contains("Embedded PostgreSQL is back."));
            await().atMost(PATIENCE).until(() -> gateway.readiness() == 200);
        }
    }

    @Test
    void leavesNoServerBehindWhenItIsStopped() throws Exception {
        GatewayProcess gateway = GatewayProcess.start(directory, Map.of()).awaitReady();
        gateway.close();
        assertThat(directory.resolve("data/postgresql/postmaster.pid")).doesNotExist();
    }

    @Test
    void neverShowsASecretThatWasGiven() throws Exception {
        Map<String, String> given =
                Map.of("SLUICE_USER_SECRET", "given-user", "SLUICE_ORGANIZATION_SECRET", "given-organization");
        try (GatewayProcess gateway = GatewayProcess.start(directory, given).awaitReady()) {
            assertThat(gateway.output())
                    .doesNotContain("given-")
                    .contains("User $SLUICE_USER_SECRET, Organization $SLUICE_ORGANIZATION_SECRET");
        }
    }

    @Test
    void refusesAnExternalDatabaseWithoutWhatItsNodesShare() throws Exception {
        Map<String, String> environment = Map.of(
                "SLUICE_DATABASE_URL", "postgresql://someone:secret@127.0.0.1:1/none", "SLUICE_USER_SECRET", "given-user");
        try (GatewayProcess gateway = GatewayProcess.start(directory, environment)) {
            assertThat(gateway.awaitExit()).isNotZero();
            assertThat(gateway.output())
                    .contains("without SLUICE_ORGANIZATION_SECRET, SLUICE_KEYSET_FILE")
                    .doesNotContain("given-user", "someone:secret");
        }
    }

    @Test
    void refusesAnExternalDatabaseThatDoesNotKeepWhatItCommits() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(directory.resolve("external"), PROGRAMS)) {
            alterSystem(server.address());
            Map<String, String> environment = Map.of(
                    "SLUICE_DATABASE_URL",
                    url(server.address()),
                    "SLUICE_USER_SECRET",
                    "given-user",
                    "SLUICE_ORGANIZATION_SECRET",
                    "given-organization",
                    "SLUICE_KEYSET_FILE",
                    "not-reached.json");
            try (GatewayProcess gateway = GatewayProcess.start(directory, environment)) {
                assertThat(gateway.awaitExit()).isNotZero();
                assertThat(gateway.output()).contains("would lose webhooks: fsync: off (expected: on");
            }
        }
    }

    private static void alterSystem(DatabaseAddress address) {
        try (Database database = new Database(address, 1)) {
            database.client()
                    .sql("ALTER SYSTEM SET fsync = off")
                    .then()
                    .then(database.client().sql("SELECT pg_reload_conf()").then())
                    .retry(5)
                    .block(PATIENCE);
        }
    }

    private static String url(DatabaseAddress address) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(address.user(), address.password(), address.host(), address.port(), address.database());
    }
}
