package dev.sluice.gateway.lifecycle.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

final class FirstContactIT {
    @TempDir
    private Path directory;

    @Test
    void refusesASchemaThatSomebodyElseWasToMigrate() {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(directory, Path.of("target"))) {
            assertThatThrownBy(() -> FirstContact.with(new Database(server.address(), 1), false))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("lacks this version's migrations 001, 002, ")
                    .hasMessageContaining("SLUICE_MIGRATE is false");
            assertThat(schema(server, "false").isWell()).isFalse();
            assertThat(schema(server, "false").remedy()).contains("sluice.jar migrate");
            assertThat(schema(server, "true").found()).endsWith("the first node to start applies them");

            FirstContact.with(new Database(server.address(), 1), true).close();

            FirstContact.with(new Database(server.address(), 1), false).close();
            assertThat(schema(server, "false").isWell()).isTrue();
        }
    }

    /** What the doctor says. */
    private static SetUpFinding schema(EmbeddedDatabase server, String migrate) {
        return SetUpReview.of(new MockEnvironment()
                        .withProperty("sluice.database-url", GatewaySetup.url(server.address()))
                        .withProperty("sluice.migrate", migrate))
                .stream()
                .filter(finding -> finding.subject().equals("schema"))
                .findFirst()
                .orElseThrow();
    }
}
