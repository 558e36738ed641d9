package dev.sluice.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class StartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String USER_SECRET = Planted.secret("user");
    private static final String ORGANIZATION_SECRET = Planted.secret("organization");
    private static final Path PROGRAMS = Path.of("target");

    /** Of the gateway that goes on through all tests. */
    @TempDir
    private static Path sharedDirectory;

    private static GatewayProcess shared;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startShared() throws IOException {
        shared = GatewayProcess.start(
                        sharedDirectory,
                        Map.of("SLUICE_USER_SECRET", USER_SECRET, "SLUICE_ORGANIZATION_SECRET", ORGANIZATION_SECRET))
                .awaitReady();
    }

    @AfterAll
    static void stopShared() {
        shared.close();
    }

    @Test
    void saysWhoHoldsTheDataDirectory() throws Exception {
        try (GatewayProcess second = GatewayProcess.start(sharedDirectory, Map.of())) {
            assertThat(second.awaitExit()).isNotZero();
            assertThat(second.output())
                    .contains("held by process " + shared.pid() + ", started 2")
                    .doesNotContain("\tat ");
        }
        assertThat(shared.readiness()).isEqualTo(200);
    }

    @Test
    void isReadyAgainAfterPostgreSqlWasKilled() throws Exception {
        String server = Files.readString(sharedDirectory.resolve("data/postgresql/postmaster.pid"))
                .lines()
                .findFirst()
                .orElseThrow();
        ProcessHandle.of(Long.parseLong(server)).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> shared.output().contains("Embedded PostgreSQL is back."));
        await().atMost(PATIENCE).until(() -> shared.readiness() == 200);
    }

    @Test
    void neverShowsASecretThatWasGiven() {
        assertThat(shared.output())
                .doesNotMatch(Planted::isIn)
                .contains("/api-docs")
                .contains("User $SLUICE_USER_SECRET, Organization $SLUICE_ORGANIZATION_SECRET");
    }

    @Test
    void startsAgainWithTheSameSecretsAfterAKillAndShowsThemNoMore() throws Exception {
        String secret;
        try (GatewayProcess killed = GatewayProcess.start(directory, Map.of()).awaitReady()) {
            secret = Files.readString(directory.resolve("data/user-secret")).strip();
            assertThat(killed.output()).containsOnlyOnce(secret).contains("User secret         " + secret);
            killed.kill();
        }
        try (GatewayProcess next = GatewayProcess.start(directory, Map.of()).awaitReady()) {
            assertThat(next.readiness()).isEqualTo(200);
            assertThat(next.output()).doesNotContain(secret).contains("User $(cat '" + directory);
            assertThat(directory.resolve("data/user-secret")).hasContent(secret);
        }
        assertThat(directory.resolve("data/postgresql/postmaster.pid"))
                .as("the server is stopped with the gateway")
                .doesNotExist();
    }

    @Test
    void refusesAnExternalDatabaseWithoutWhatItsNodesShare() throws Exception {
        Map<String, String> environment = Map.of(
                "SLUICE_DATABASE_URL",
                "postgresql://someone:" + Planted.secret("database") + "@127.0.0.1:1/none",
                "SLUICE_USER_SECRET",
                USER_SECRET);
        try (GatewayProcess gateway = GatewayProcess.start(directory, environment)) {
            assertThat(gateway.awaitExit()).isNotZero();
            assertThat(gateway.output())
                    .contains("without SLUICE_ORGANIZATION_SECRET, SLUICE_KEYSET_FILE, SLUICE_PUBLIC_URL")
                    .doesNotMatch(Planted::isIn);
        }
    }

    @Test
    void refusesTheEmbeddedDatabaseInAPodInALineOfJson() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(directory, Map.of("SPRING_PROFILES_ACTIVE", "kubernetes"))) {
            assertThat(gateway.awaitExit()).isNotZero();
            JsonNode line = JsonMapper.shared()
                    .readTree(gateway.output()
                            .lines()
                            .filter(each -> each.startsWith("{") && each.contains("FAILED TO START"))
                            .findFirst()
                            .orElseThrow());
            assertThat(line.path("log").path("level").asString()).isEqualTo("ERROR");
            assertThat(line.path("message").asString())
                    .contains("SLUICE_DATABASE_URL is not set")
                    .contains("Set SLUICE_DATABASE_URL to postgresql://");
            assertThat(directory.resolve("data/postgresql")).doesNotExist();
        }
    }

    @Test
    void refusesAPublicUrlThatIsNone() throws Exception {
        try (GatewayProcess gateway =
                GatewayProcess.start(directory, Map.of("SLUICE_PUBLIC_URL", "hooks.example.com"))) {
            assertThat(gateway.awaitExit()).isNotZero();
            assertThat(gateway.output()).contains("SLUICE_PUBLIC_URL: hooks.example.com (expected: http or https");
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
                    USER_SECRET,
                    "SLUICE_ORGANIZATION_SECRET",
                    ORGANIZATION_SECRET,
                    "SLUICE_KEYSET_FILE",
                    "not-reached.json",
                    "SLUICE_PUBLIC_URL",
                    "https://hooks.example.com");
            try (GatewayProcess gateway = GatewayProcess.start(directory, environment)) {
                assertThat(gateway.awaitExit()).isNotZero();
                assertThat(gateway.output()).contains("would lose webhooks: fsync: off (expected: on");
            }
        }
    }

    private static void alterSystem(DatabaseAddress address) throws SQLException {
        String jdbcUrl = "jdbc:postgresql://%s:%d/%s".formatted(address.host(), address.port(), address.database());
        try (Connection connection = DriverManager.getConnection(jdbcUrl, address.user(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET fsync = off");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String url(DatabaseAddress address) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        address.user(),
                        Planted.given(address.password()),
                        address.host(),
                        address.port(),
                        address.database());
    }
}
