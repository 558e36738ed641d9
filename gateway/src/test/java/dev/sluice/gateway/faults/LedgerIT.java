package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gateway with a database of its own, both killed under load. */
final class LedgerIT {
    private static final int STOPPED_AT_PER_SECOND = Integer.getInteger("sluice.faults.stops.per-second", 500);

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

    /** {@code -Dsluice.faults.stops.per-second=5000} offers more than it can take, and has minutes of deliveries left to end. */
    @Tag("faults")
    @Test
    void dropsAndDoublesNothingWhenStoppedInOrder() throws Exception {
        History history = History.begin("stops");
        Map<String, String> settings = new HashMap<>(FaultRun.SETTINGS_OF_SHORT_LIVES);
        // A callback that a busy machine lets wait would be sent the same again, and rightly so.
        settings.put("SLUICE_DELIVERY_TIMEOUT", "30s");
        try (FaultRun run = new FaultRun(
                Installation.alone(history.directory(), settings),
                history,
                new FaultRun.Pace(STOPPED_AT_PER_SECOND, 2 * STOPPED_AT_PER_SECOND))) {
            LedgerProof proof = run.proveAfter(Collections.nCopies(6, Faults.stopGateway()));
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
