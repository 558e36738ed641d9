package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A callback that does everything but answer as it should. */
@Tag("faults")
final class UnrulyCallbackIT {
    private static final Duration EACH = Duration.ofSeconds(8);
    /** An answer is read up to 16 KB; the rest of this is what sockets hold. */
    private static final long FLOODED_AN_ANSWER_MAX = 20_000_000;

    @Test
    void losesNothingToACallbackThatMisbehavesInEveryWay() throws Exception {
        History history = History.begin("unruly-callback");
        List<Fault> faults = new ArrayList<>();
        for (UnrulyCallback.Manner manner : UnrulyCallback.Manner.values()) {
            if (manner != UnrulyCallback.Manner.WELL) {
                faults.add(Faults.unruly(manner, EACH));
            }
        }
        Collections.shuffle(faults, history.random());
        try (FaultRun run = new FaultRun(
                Installation.alone(history.directory(), FaultRun.SETTINGS), history, new FaultRun.Pace(200, 400))) {
            run.proveAfter(faults);
            run.note("an endless answer brought " + run.callback().floodedAnAnswer() + " bytes");
            assertThat(run.callback().floodedAnAnswer()).isBetween(1L, FLOODED_AN_ANSWER_MAX);
        }
        history.forget();
    }
}
