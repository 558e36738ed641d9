package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gateway with a database of its own, both killed under load. */
final class LedgerIT {

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
            LedgerProof proof = run.proveAfter(Collections.nCopies(4, Faults.stopGateway()));
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
