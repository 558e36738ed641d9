package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.gateway.rig.network.FaultyLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database is there, and does not serve. */
@Tag("faults")
final class StoreIT {
    private static final Duration LASTING = Duration.ofSeconds(8);
    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final int VOLUME_MEGABYTES = 768;
    /** Every loop and writer that tries once or twice a second, each trying as often as the pool is large. */
    private static final int CONNECTS_A_SECOND_MAX = 100;

    private static final double CORES_MAX = 0.75;

    @Test
    void losesNothingWhenThePoolIsExhaustedOrConnectionsAreRefused() throws Exception {
        History history = History.begin("store");
        List<Fault> faults = new ArrayList<>(Collections.nCopies(3, StoreFaults.lockInstances(LASTING)));
        faults.addAll(Collections.nCopies(3, StoreFaults.refuseConnections(LASTING)));
        Collections.shuffle(faults, history.random());
        try (FaultRun run = new FaultRun(
                Installation.alone(history.directory(), FaultRun.SETTINGS), history, new FaultRun.Pace(300, 1_000))) {
            run.proveAfter(faults);
        }
        history.forget();
    }

    @Test
    void losesNothingWhenTheVolumeIsFull() throws Exception {
        History history = History.begin("full-volume");
        Optional<Volume> volume = Volume.mount(history.directory().resolve("data"), VOLUME_MEGABYTES);
        assumeTrue(volume.isPresent(), "skipped: this user may not mount a file system, so none can be filled");
        try (Volume full = volume.get();
                FaultRun run = new FaultRun(
                        Installation.alone(history.directory(), FaultRun.SETTINGS),
                        history,
                        new FaultRun.Pace(200, 400))) {
            run.proveAfter(Collections.nCopies(3, StoreFaults.fillDisk(full.directory(), LASTING)));
        }
        history.forget();
    }

    @Test
    void doesNotSpinWhileTheStoreIsAway() {
        History history = History.begin("store-away");
        try (Installation installation = Installation.sharing(1, history.directory(), FaultRun.SETTINGS)) {
            FaultyLink link = installation.toDatabase();
            ProcessHandle gateway = ProcessHandle.of(installation.node(0).pid()).orElseThrow();
            link.cut();
            // What was under way finds out first.
            Waiting.pass(Duration.ofSeconds(2));
            int connects = link.accepted();
            Duration busy = gateway.info().totalCpuDuration().orElse(Duration.ZERO);

            Waiting.pass(AWAY);

            connects = link.accepted() - connects;
            busy = gateway.info().totalCpuDuration().orElse(Duration.ZERO).minus(busy);
            link.clear();
            history.note(connects + " connects, " + busy.toMillis() + " ms of CPU in " + AWAY.toSeconds() + " s");
            assertThat(connects)
                    .as("connects a second; %s", history.whereToLook())
                    .isLessThan(CONNECTS_A_SECOND_MAX * (int) AWAY.toSeconds());
            assertThat(busy.toMillis()).as("CPU; %s", history.whereToLook()).isLessThan((long)
                    (CORES_MAX * AWAY.toMillis()));
        }
        history.forget();
    }
}
