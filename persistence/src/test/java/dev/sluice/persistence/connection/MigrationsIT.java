package dev.sluice.persistence.connection;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.persistence.TestDatabase;
import org.junit.jupiter.api.Test;

final class MigrationsIT {

    @Test
    void changesNothingTheSecondTime() {
        try (Database database = TestDatabase.create()) {
            assertThatCode(() -> Migrations.apply(database.address())).doesNotThrowAnyException();
        }
    }
}
