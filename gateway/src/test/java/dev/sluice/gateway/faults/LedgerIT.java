package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Kills under load. The seed of a run is printed; {@code -Dsluice.ledger.seed} repeats its choices. */
final class LedgerIT {
    private static final double PER_SECOND = 1_000;

    @Test
    void losesNothingWhenKilledThreeTimes() throws Exception {
        survive(Path.of("target", "ledger-short"), 2, 1);
    }

    @Tag("faults")
    @Test
    void losesNothingWhenKilledOftenTogetherWithPostgres() throws Exception {
        survive(Path.of("target", "ledger-long"), 20, 5);
    }

    private static void survive(Path directory, int gatewayKills, int postgresKills) throws Exception {
        long seed = Long.getLong("sluice.ledger.seed", new SecureRandom().nextLong());
        FileSystemUtils.deleteRecursively(directory);
        try (LedgerRun run = new LedgerRun(directory, seed, PER_SECOND)) {
            faults(seed, gatewayKills, postgresKills).forEach(run::survive);

            LedgerProof proof = run.prove();

            assertThat(proof.notStored())
                    .as("acknowledged and not stored%n%s", run.history())
                    .isZero();
            assertThat(proof.notDelivered())
                    .as("acknowledged and never delivered%n%s", run.history())
                    .isZero();
            assertThat(proof.storedTwice())
                    .as("stored twice%n%s", run.history())
                    .isZero();
            assertThat(proof.changed())
                    .as("stored with other bytes%n%s", run.history())
                    .isZero();
            assertThat(proof.underAnotherId())
                    .as("delivered under two webhook ids%n%s", run.history())
                    .isZero();
            assertThat(proof.repeatedForNothing())
                    .as("delivered twice and not in flight at a kill%n%s", run.history())
                    .isZero();
            assertThat(run.said()).doesNotContain("OutOfMemoryError");
        }
        FileSystemUtils.deleteRecursively(directory);
    }

    private static List<Fault> faults(long seed, int gatewayKills, int postgresKills) {
        List<Fault> faults = new ArrayList<>(Collections.nCopies(gatewayKills, Fault.GATEWAY));
        faults.addAll(Collections.nCopies(postgresKills, Fault.POSTGRES));
        Collections.shuffle(faults, new Random(seed));
        return faults;
    }
}
