package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gateway with a database of its own, both killed under load. */
final class LedgerIT {
    /** What a pod is given, less five seconds. */
    private static final Duration STOP_MAX = Duration.ofSeconds(25);

    /** The checkpoint that a server ends with waits for the disk. */
    private static final Duration STOP_MAX_WITH_POSTGRES = Duration.ofMinutes(1);

    private static final int OFFERED_AT_FULL_LOAD = 5_000;

    @Test
    void losesNothingWhenKilledTogetherWithPostgres() throws Exception {
        History history = History.begin("kills");
        survive(history, new FaultRun.Pace(800, 1_500), List.of(Faults.killGateway(), Faults.killPostgres()));
    }

    @Tag("faults")
    @Test
    void losesNothingWhenKilledFiftyTimesAndPostgresRestartedTwentyTimes() throws Exception {
        History history = History.begin("many-kills");
        List<Fault> faults = new ArrayList<>(Collections.nCopies(50, Faults.killGateway()));
        faults.addAll(Collections.nCopies(10, Faults.killPostgres()));
        faults.addAll(Collections.nCopies(10, Faults.restartPostgres()));
        faults.addAll(Collections.nCopies(10, Faults.reset("to callbacks", FaultRun::toCallback)));
        Collections.shuffle(faults, history.random());
        survive(history, new FaultRun.Pace(500, 1_200), faults);
    }

    @Tag("faults")
    @Test
    void dropsAndDoublesNothingWhenStoppedInOrder() throws Exception {
        History history = History.begin("stops");
        try (FaultRun run = new FaultRun(
                Installation.alone(history.directory(), FaultRun.SETTINGS_OF_SHORT_LIVES),
                history,
                new FaultRun.Pace(500, 2_000))) {
            LedgerProof proof = run.proveAfter(Collections.nCopies(4, Faults.stopGateway(STOP_MAX_WITH_POSTGRES)));
            assertThat(proof.repeated()).as("%s", history.whereToLook()).isZero();
        }
        history.forget();
    }

    /** More is offered than it can take, as {@link Faults#stopGateway} measures how long it takes to end. */
    @Tag("faults")
    @Test
    void endsInTimeAndDoublesNothingWhenStoppedAtFullLoad() throws Exception {
        History history = History.begin("stops-at-full-load");
        Map<String, String> settings = new HashMap<>(FaultRun.SETTINGS_OF_SHORT_LIVES);
        // A callback that a busy machine lets wait would be sent the same again, and rightly so.
        settings.put("SLUICE_DELIVERY_TIMEOUT", "30s");
        try (FaultRun run = new FaultRun(
                Installation.sharing(1, history.directory(), settings),
                history,
                new FaultRun.Pace(OFFERED_AT_FULL_LOAD, OFFERED_AT_FULL_LOAD))) {
            LedgerProof proof = run.proveAfter(Collections.nCopies(4, Faults.stopGateway(STOP_MAX)));
            assertThat(proof.repeated()).as("%s", history.whereToLook()).isZero();
        }
        history.forget();
    }

    private static void survive(History history, FaultRun.Pace pace, List<Fault> faults) throws Exception {
        try (FaultRun run = new FaultRun(
                Installation.alone(history.directory(), FaultRun.SETTINGS_OF_SHORT_LIVES), history, pace)) {
            run.proveAfter(faults);
        }
        history.forget();
    }
}
