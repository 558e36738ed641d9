package dev.sluice.gateway.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two gateways on one database: what one leaves or forgets, the other delivers, and neither gets in the other's way. */
final class SeveralNodesIT {

    @Test
    void losesNothingWhenOneOfTwoIsKilledAndTheNetworkFails() throws Exception {
        History history = History.begin("two-nodes");
        survive(
                history,
                new FaultRun.Pace(600, 800),
                List.of(
                        Faults.killGatewayForAnother(),
                        Faults.halfOpen(
                                "to PostgreSQL", run -> run.installation().toDatabase()),
                        Faults.reset("to callbacks", FaultRun::toCallback)));
    }

    @Tag("faults")
    @Test
    void losesNothingWhenOneOfTwoIsPausedPastItsLeaseOrKilled() throws Exception {
        History history = History.begin("several-nodes");
        List<Fault> faults = new ArrayList<>(Collections.nCopies(4, Faults.pauseGateway()));
        faults.addAll(Collections.nCopies(3, Faults.killGateway()));
        faults.addAll(Collections.nCopies(2, Faults.killPostgres()));
        faults.add(Faults.halfOpen("to PostgreSQL", run -> run.installation().toDatabase()));
        Collections.shuffle(faults, history.random());
        survive(history, new FaultRun.Pace(400, 2_000), faults);
    }

    private static void survive(History history, FaultRun.Pace pace, List<Fault> faults) throws Exception {
        try (FaultRun run = new FaultRun(
                Installation.sharing(2, history.directory(), FaultRun.SETTINGS_OF_SHORT_LIVES), history, pace)) {
            run.proveAfter(faults);
        }
        history.forget();
    }
}
