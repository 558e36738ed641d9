package dev.sluice.gateway.faults;

import dev.sluice.gateway.rig.network.FaultyLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The network between a gateway, its database and callbacks does what networks do. */
@Tag("faults")
final class NetworkIT {
    private static final int ROUNDS = 2;
    private static final Duration LONGEST = Duration.ofSeconds(8);

    @Test
    void losesNothingWhileConnectionsAreCutStalledDelayedAndHalfOpen() throws Exception {
        History history = History.begin("network");
        List<Fault> faults = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            faults.addAll(all("to callbacks", FaultRun::toCallback));
            faults.addAll(all("to PostgreSQL", run -> run.installation().toDatabase()));
        }
        Collections.shuffle(faults, history.random());
        try (FaultRun run = new FaultRun(
                Installation.sharing(1, history.directory(), FaultRun.SETTINGS),
                history,
                new FaultRun.Pace(300, 1_500))) {
            run.proveAfter(faults);
        }
        history.forget();
    }

    private static List<Fault> all(String where, Function<FaultRun, FaultyLink> link) {
        return List.of(
                Faults.reset(where, link),
                Faults.cut(where, link, LONGEST),
                Faults.stall(where, link, LONGEST),
                Faults.delay(where, link, Duration.ofMillis(400), LONGEST),
                Faults.halfOpen(where, link));
    }
}
