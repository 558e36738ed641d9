package dev.sluice.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path PROGRAMS = Path.of("target");

    /** For what leaves it as it was, or brings it back. */
    @TempDir
    private static Path sharedDirectory;

    private static EmbeddedDatabase shared;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startShared() {
        shared = EmbeddedDatabase.start(sharedDirectory, PROGRAMS);
    }

    @AfterAll
    static void stopShared() {
        shared.close();
    }

    @Test
    void startsDurable() {
        assertThat(List.of("fsync", "synchronous_commit", "full_page_writes"))
                .allSatisfy(setting ->
                        assertThat(Sql.ask(shared.address(), "SHOW " + setting)).isEqualTo("on"));
    }

    @Test
    void refusesWhoDoesNotKnowThePassword() {
        DatabaseAddress own = shared.address();
        DatabaseAddress stranger = new DatabaseAddress(own.host(), own.port(), own.database(), own.user(), "a-guess");
        assertThatThrownBy(() -> Sql.ask(stranger, "SELECT ''")).hasMessageContaining("password authentication failed");
    }

    @Test
    void comesBackOnTheSamePortWhenTheServerIsKilled() {
        Sql.run(shared.address(), "CREATE TABLE kept AS SELECT 7 AS value");
        kill(shared.pid());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(Sql.ask(shared.address(), "SELECT value::text FROM kept"))
                        .isEqualTo("7"));
    }

    @Test
    void refusesASecondStartInTheSameJvm() {
        assertThatThrownBy(() -> EmbeddedDatabase.start(sharedDirectory, PROGRAMS))
                .isInstanceOf(DirectoryHeldException.class)
                .hasMessageContaining("this process %s", ProcessHandle.current().pid());
        assertThat(Sql.ask(shared.address(), "SELECT 'alive'")).isEqualTo("alive");
    }

    @Test
    void keepsItsDataAndPortAfterAStop() {
        int port;
        try (EmbeddedDatabase server = EmbeddedDatabase.start(directory, PROGRAMS)) {
            port = server.address().port();
            Sql.run(server.address(), "CREATE TABLE kept AS SELECT 7 AS value");
        }
        try (EmbeddedDatabase server = EmbeddedDatabase.start(directory, PROGRAMS)) {
            assertThat(Sql.ask(server.address(), "SELECT value::text FROM kept"))
                    .isEqualTo("7");
            assertThat(server.address().port()).isEqualTo(port);
        }
    }

    @Test
    void namesTheOtherProcessThatHoldsTheDirectory() throws IOException {
        try (DatabaseHolder other = DatabaseHolder.start(directory, PROGRAMS)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, PROGRAMS))
                    .isInstanceOf(DirectoryHeldException.class)
                    .hasMessageContaining("held by process %s, started 2", other.pid());
        }
    }

    @Test
    void takesOverTheServerThatAKilledJvmLeft() throws IOException {
        long survivor;
        int port;
        try (DatabaseHolder killed = DatabaseHolder.start(directory, PROGRAMS)) {
            survivor = killed.serverPid();
            port = Integer.parseInt(Files.readString(directory.resolve("postgresql.port")));
            kill(killed.pid());
        }
        assertThat(isAlive(survivor)).as("the server survives its JVM").isTrue();
        try (EmbeddedDatabase server = EmbeddedDatabase.start(directory, PROGRAMS)) {
            assertThat(isAlive(survivor)).isFalse();
            assertThat(server.address().port()).as("the survivor's port").isEqualTo(port);
            assertThat(Sql.ask(server.address(), "SELECT value FROM held")).isEqualTo("by the other");
        }
    }

    @Test
    void ignoresAProcessFileThatNamesAnUnrelatedProcess() throws IOException {
        EmbeddedDatabase.start(directory, PROGRAMS).close();
        Files.writeString(
                directory.resolve("postgresql/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory + "\n0\n15432\n\n127.0.0.1\n\nready\n");
        try (EmbeddedDatabase server = EmbeddedDatabase.start(directory, PROGRAMS)) {
            assertThat(Sql.ask(server.address(), "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void beginsAnewWhenInitialisingWasInterrupted() throws IOException {
        Files.createDirectories(directory.resolve("postgresql.unfinished/base"));
        try (EmbeddedDatabase server = EmbeddedDatabase.start(directory, PROGRAMS)) {
            assertThat(Sql.ask(server.address(), "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> !isAlive(pid));
    }

    /** A process that has ended but was not yet collected by its parent has no program any more. */
    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isPresent();
    }
}
