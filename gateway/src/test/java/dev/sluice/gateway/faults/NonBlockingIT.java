package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.gateway.BlockingGuard;
import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.traffic.Load;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a webhook, failed attempts included, with BlockHound looking on. */
final class NonBlockingIT {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final double REFUSED_SHARE = 0.1;

    @Test
    void blocksNoEventLoop(@TempDir Path directory) {
        Sightings sightings = new Sightings();
        FlakyCallback callback = new FlakyCallback(1, REFUSED_SHARE);
        GatewaySetup setup = GatewaySetup.embedded("guarded", directory)
                .with("SLUICE_DELIVERY_RETRY_SCHEDULE", "1s,2s,4s,6s,9s,12s")
                .with("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        try (Receiver receiver = Receiver.start(sightings, callback::answer);
                Gateway gateway = Gateway.startGuarded(setup)) {
            gateway.awaitReady(START_LIMIT);
            Gateway.Instance instance = gateway.provision("guarded", receiver.url());
            Ledger ledger = new Ledger(0);

            new Load(gateway.target(instance), new LoadPlan(8, 100, Duration.ofSeconds(5), 0, true), ledger).run();
            callback.recover();
            await("all are delivered").atMost(START_LIMIT).until(() -> sightings.distinct() == ledger.acknowledged());

            assertThat(ledger.acknowledged()).isPositive();
            assertThat(gateway.said()).doesNotContain(BlockingGuard.FOUND);
        }
    }
}
