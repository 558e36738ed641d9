package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.EventLogReader;
import dev.sluice.gateway.rig.Gateway;
import dev.sluice.gateway.rig.GatewaySetup;
import dev.sluice.gateway.rig.Ledger;
import dev.sluice.gateway.rig.Load;
import dev.sluice.gateway.rig.LoadPlan;
import dev.sluice.gateway.rig.PushPayload;
import dev.sluice.gateway.rig.Receiver;
import dev.sluice.gateway.rig.Sightings;
import dev.sluice.gateway.rig.Target;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one database: what the killed one owed, the other delivers. */
final class TwoGatewaysIT {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(60);
    private static final int BEFORE_THE_KILL = 2_000;

    @Test
    void deliversWhatTheKilledOneOwed(@TempDir Path directory) throws Exception {
        Sightings sightings = new Sightings();
        FlakyCallback callback = new FlakyCallback(1, 0.2);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("database"));
                Receiver receiver = Receiver.start(sightings, callback::answer);
                Gateway first = start("first", directory, database);
                Gateway second = start("second", directory, database)) {
            first.awaitReady(START_LIMIT);
            second.awaitReady(START_LIMIT);
            Gateway.Instance instance = first.provision("shared", receiver.url());
            Ledger ledger = new Ledger(0);
            Load load = new Load(
                    both(first.target(instance), second.target(instance)),
                    new LoadPlan(16, 800, Duration.ofMinutes(5), 0, true),
                    ledger);
            Thread loading = new Thread(load, "load");
            loading.setDaemon(true);
            loading.start();

            await().atMost(START_LIMIT).until(() -> ledger.acknowledged() >= BEFORE_THE_KILL);
            first.kill();
            callback.recover();
            await().atMost(START_LIMIT).until(() -> ledger.acknowledged() >= 2 * BEFORE_THE_KILL);
            load.stop();
            loading.join(START_LIMIT.toMillis());

            await("the second gateway delivers all that was acknowledged")
                    .atMost(TAKEOVER_LIMIT)
                    .until(() -> sightings.distinct() >= ledger.issued());
            assertOnceInTheLogAndUnderOneId(database, instance, ledger, sightings);
        }
    }

    private static Gateway start(String name, Path directory, EmbeddedDatabase database) {
        return Gateway.start(GatewaySetup.embedded(name, directory.resolve(name))
                .on(database.address(), directory.resolve("keyset.json"))
                .with("SLUICE_DELIVERY_RETRY_SCHEDULE", "1s,2s,4s,6s,9s,12s,16s,20s,30s,60s"));
    }

    private static Target both(Target first, Target second) {
        return new Target(
                Stream.of(first, second)
                        .flatMap(target -> target.addresses().stream())
                        .toList(),
                first.path(),
                first.secret());
    }

    private static void assertOnceInTheLogAndUnderOneId(
            EmbeddedDatabase database, Gateway.Instance instance, Ledger ledger, Sightings sightings) {
        PushPayload push = new PushPayload("any: only the body counts");
        try (EventLogReader log = EventLogReader.connect(database.address())) {
            LedgerProof proof = LedgerProof.of(
                    ledger.sent(),
                    sightings.received(0, ledger.issued()),
                    log.read(instance.id(), push.blank(), push.idOffset()),
                    micros -> true);
            System.out.println("two gateways: " + proof);
            assertThat(List.of(proof.notStored(), proof.notDelivered(), proof.underAnotherId()))
                    .as("%s", proof)
                    .containsOnly(0L);
            assertThat(List.of(proof.storedTwice(), proof.changed()))
                    .as("%s", proof)
                    .containsOnly(0);
        }
    }
}
