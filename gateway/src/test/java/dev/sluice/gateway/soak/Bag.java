package dev.sluice.gateway.soak;

import dev.sluice.gateway.faults.Fault;
import dev.sluice.gateway.faults.FaultRun;
import dev.sluice.gateway.faults.Faults;
import dev.sluice.gateway.faults.UnrulyCallback.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Faults in an order left to chance, each once before any comes again. None ends a process: all shall get old. */
final class Bag {
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Random random;
    private final List<Fault> left = new ArrayList<>();

    Bag(Random random) {
        this.random = random;
    }

    Fault next() {
        if (left.isEmpty()) {
            left.addAll(all());
            Collections.shuffle(left, random);
        }
        return left.remove(left.size() - 1);
    }

    private static List<Fault> all() {
        return List.of(
                Faults.reset("to callbacks", FaultRun::toCallback),
                Faults.reset("to PostgreSQL", run -> run.installation().toDatabase()),
                Faults.stall("to callbacks", FaultRun::toCallback, SHORT),
                Faults.cut("to PostgreSQL", run -> run.installation().toDatabase(), SHORT),
                Faults.delay("to PostgreSQL", run -> run.installation().toDatabase(), Duration.ofMillis(100), SHORT),
                Faults.unruly(Manner.HANGS, SHORT),
                Faults.unruly(Manner.FAILS_HALF, SHORT),
                Faults.unruly(Manner.ANSWERS_200_AND_RESETS, SHORT),
                Faults.unruly(Manner.SENDS_TEN_GIGABYTES, SHORT));
    }
}
