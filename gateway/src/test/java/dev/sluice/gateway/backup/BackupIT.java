package dev.sluice.gateway.backup;

import static dev.sluice.gateway.delivery.DeliveryRig.GUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.delivery.DeliveryRig;
import dev.sluice.gateway.delivery.Receiver;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.postgres.PostgresServer;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.instance.Instance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Sinks;

/** A database is backed up while its gateway runs, restored under another name, and a gateway starts on that one. */
final class BackupIT {
    private static final Map<String, Object> SETTINGS = Map.of("sluice.delivery.retry.schedule", "3s,6s,12s,24s,48s");

    private static Scripts scripts;
    private static ArchivedLog archive;
    private static PostgresServer server;

    @TempDir
    private Path directory;

    private final Sinks.Empty<Void> released = Sinks.empty();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Receiver receiver = new Receiver();

    @BeforeAll
    static void start() {
        Path programs = PostgresServer.debian();
        scripts = new Scripts(programs);
        archive = new ArchivedLog(programs);
        server = PostgresServer.start(
                programs,
                Stream.concat(Stream.of("shared_buffers=32MB"), archive.settings().stream())
                        .toList());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (archive != null) {
            archive.close();
        }
    }

    @AfterEach
    void close() {
        released.tryEmitEmpty();
        receiver.close();
    }

    @Test
    void deliversFromARestoredDatabaseWhatWasOwedInTheBackup() {
        refused.add("owed");
        receiver.answersEach((request, response) -> {
            if (refused.stream().anyMatch(request.body()::contains)) {
                return response.status(503).send();
            }
            return request.body().contains("on the wire")
                    ? released.asMono().then(response.send().then())
                    : response.send();
        });
        Path keyset = directory.resolve("keyset.json");
        DatabaseAddress original = create("original");
        DatabaseAddress restored = create("restored");
        Path backup;
        Instance instance;
        try (DeliveryRig before = DeliveryRig.on(original, keyset, SETTINGS)) {
            instance = before.instance(Map.of(), receiver.url());
            List.of("delivered", "owed", "on the wire").forEach(name -> before.append(instance, named(name), 1));
            awaitState(before, instance, 1, 1);
            await().atMost(GUARD).until(() -> times("on the wire") == 1);

            backup = backUp(original);
            before.append(instance, named("after the backup"), 1);
            await().atMost(GUARD).until(() -> times("after the backup") == 1);
            released.tryEmitEmpty();
        }
        refused.clear();

        Scripts.Ended ended = scripts.run("restore.sh", restored, backup);

        assertThat(ended.said()).contains("Restored.").contains("1 deliveries are owed");
        assertThat(ended.exit()).isZero();
        int owedBefore = times("owed");
        try (DeliveryRig after = DeliveryRig.on(restored, keyset, SETTINGS)) {
            await().atMost(GUARD).untilAsserted(() -> {
                assertThat(times("owed")).as("owed in the backup").isEqualTo(owedBefore + 1);
                assertThat(times("on the wire"))
                        .as("under way at the backup, so again")
                        .isEqualTo(2);
            });
            awaitState(after, instance, 0, 3);
            assertThat(times("delivered")).as("delivered before the backup").isEqualTo(1);
            assertThat(ids("on the wire")).as("its webhook-id is the same").hasSize(1);
            try (EventLogReader log = EventLogReader.connect(restored)) {
                assertThat(log.number("SELECT count(*) FROM event")).isEqualTo(3);
            }
        }
    }

    @Test
    void goesBackToAMomentByTheArchivedLog() {
        refused.add("owed");
        receiver.answersEach((request, response) -> refused.stream().anyMatch(request.body()::contains)
                ? response.status(503).send()
                : response.send());
        Path keyset = directory.resolve("keyset.json");
        DatabaseAddress original = create("moment");
        Instance instance;
        String moment;
        try (DeliveryRig before = DeliveryRig.on(original, keyset, SETTINGS);
                EventLogReader any = EventLogReader.connect(original)) {
            archive.backUp(server.address());
            instance = before.instance(Map.of(), receiver.url());
            List.of("delivered", "owed").forEach(name -> before.append(instance, named(name), 1));
            awaitState(before, instance, 1, 1);
            moment = any.text("SELECT clock_timestamp()");

            before.append(instance, named("later"), 1);
            awaitState(before, instance, 1, 2);
            any.execute("DELETE FROM owed_delivery");
            archive.catchUp(any);
        }
        refused.clear();
        int owedBefore = times("owed");

        try (PostgresServer back = archive.goBackTo(moment)) {
            DatabaseAddress restored = back.address().withDatabase(original.database());
            try (EventLogReader log = EventLogReader.connect(restored)) {
                assertThat(log.number("SELECT count(*) FROM event"))
                        .as("acknowledged before that moment")
                        .isEqualTo(2);
            }
            try (DeliveryRig after = DeliveryRig.on(restored, keyset, SETTINGS)) {
                awaitState(after, instance, 0, 2);
                assertThat(times("owed")).isEqualTo(owedBefore + 1);
                assertThat(times("later")).as("sent before, and unknown now").isEqualTo(1);
            }
        }
    }

    @Test
    void restoresIntoAnEmptyDatabaseOnly() {
        DatabaseAddress taken = create("taken");
        try (EventLogReader any = EventLogReader.connect(taken)) {
            any.execute("CREATE TABLE something (id int)");
        }

        Scripts.Ended ended = scripts.run("restore.sh", taken, directory.resolve("any.dump"));

        assertThat(ended.said()).startsWith("1 tables are in this database already");
        assertThat(ended.exit()).isNotZero();
    }

    @Test
    void leavesNoFileOfABackupThatFailed() {
        Path backups = directory.resolve("backups");

        Scripts.Ended ended = scripts.run("backup.sh", server.address().withDatabase("nowhere"), backups);

        assertThat(ended.exit()).isNotZero();
        assertThat(backups).isEmptyDirectory();
    }

    private static void awaitState(DeliveryRig rig, Instance instance, long owed, long delivered) {
        await().atMost(GUARD).until(() -> rig.owed(instance) == owed && rig.delivered(instance) == delivered);
    }

    private Path backUp(DatabaseAddress database) {
        Scripts.Ended ended = scripts.run("backup.sh", database, directory.resolve("backups"));
        assertThat(ended.exit()).as(ended.said()).isZero();
        return Path.of(ended.said());
    }

    private static DatabaseAddress create(String name) {
        try (EventLogReader maintenance = EventLogReader.connect(server.address())) {
            maintenance.execute("CREATE DATABASE " + name);
        }
        return server.address().withDatabase(name);
    }

    private static String named(String name) {
        return "{\"name\":\"" + name + "\"}";
    }

    private int times(String name) {
        return (int) receiver.received().stream()
                .filter(request -> request.body().contains(named(name)))
                .count();
    }

    private List<String> ids(String name) {
        return receiver.received().stream()
                .filter(request -> request.body().contains(named(name)))
                .map(request -> request.header("webhook-id"))
                .distinct()
                .toList();
    }
}
