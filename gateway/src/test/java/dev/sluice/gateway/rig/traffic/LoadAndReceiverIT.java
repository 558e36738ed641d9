package dev.sluice.gateway.rig.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.ledger.Sightings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instruments, measured against each other: load straight into a receiver. */
final class LoadAndReceiverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SECRET = Planted.secret("load");

    @Test
    void seesEveryIdOnceWhenAllIsWell() {
        Sightings sightings = new Sightings();
        try (Receiver receiver = Receiver.start(sightings, id -> 200)) {
            Ledger ledger = new Ledger(1_000);
            new Load(target(receiver.url()), new LoadPlan(8, 2_000, Duration.ofMillis(500), 1_000, false), ledger)
                    .run();

            assertThat(ledger.issued()).isEqualTo(1_000);
            assertThat(ledger.acknowledged()).isEqualTo(1_000);
            // A webhook is no notification: it has no webhook-id, which is what this receiver calls strange.
            await().atMost(PATIENCE).until(() -> sightings.strange() == 1_000);
        }
    }

    @Test
    void sendsAgainWhatWasRefused() {
        try (Receiver receiver = Receiver.start(new Sightings(), new FirstTimeRefused()::answer)) {
            Ledger ledger = new Ledger(0);
            new Load(target(receiver.url()), new LoadPlan(4, 400, Duration.ofMillis(250), 0, true), ledger).run();

            assertThat(ledger.acknowledged()).isEqualTo(100);
        }
    }

    @Test
    void keepsUpWithTheBareReceiverInProcessesOfTheirOwn(@TempDir Path directory) {
        try (ReceiverProcess receiver = ReceiverProcess.start(directory);
                LoadProcess load = LoadProcess.start(directory)) {
            Sent sent = load.run(target(receiver.url()), new LoadPlan(32, 0, Duration.ofSeconds(2), 0, false));

            System.out.printf("instruments alone: %,d a second%n", sent.size() / 2);
            assertThat(sent.size()).isGreaterThan(200);
            await().atMost(PATIENCE).until(() -> receiver.strange() == sent.size());
        }
    }

    private static Target target(String url) {
        return Target.local(URI.create(url).getPort(), "/callback", SECRET.replace(' ', '-'));
    }

    private static final class FirstTimeRefused {
        private final Set<Long> seen = new HashSet<>();

        int answer(long id) {
            return seen.add(id) ? 503 : 200;
        }
    }
}
