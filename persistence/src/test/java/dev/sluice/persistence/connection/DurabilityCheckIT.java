package dev.sluice.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DurabilityCheckIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void seesASettingThatIsChangedForThisDatabaseOnlyAndLater() {
        try (Database database = TestDatabase.create()) {
            DurabilityCheck check = new DurabilityCheck(database);
            assertThat(problems(check)).isEmpty();
            alter(database, "SET synchronous_commit = off");
            assertThat(problems(check)).singleElement().asString().startsWith("synchronous_commit: off");
            alter(database, "RESET synchronous_commit");
            assertThat(problems(check)).isEmpty();
        }
    }

    private static List<String> problems(DurabilityCheck check) {
        return check.problems().retry(5).blockOptional(PATIENCE).orElseThrow();
    }

    private static void alter(Database database, String change) {
        database.client()
                .sql("ALTER DATABASE " + database.address().database() + " " + change)
                .then()
                .block(PATIENCE);
    }
}
