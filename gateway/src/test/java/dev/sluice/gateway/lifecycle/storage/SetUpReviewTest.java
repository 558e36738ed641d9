package dev.sluice.gateway.lifecycle.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

final class SetUpReviewTest {
    @TempDir
    private Path directory;

    @Test
    void findsNothingWrongWithALocalStart() {
        assertThat(review(new MockEnvironment()))
                .allMatch(SetUpFinding::isWell)
                .extracting(SetUpFinding::subject)
                .containsExactly("settings", "data directory");
    }

    @Test
    void namesAllThatIsWrongWithAnExternalDatabase() throws IOException {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("sluice.database-url", "postgresql://someone:hidden@127.0.0.1:" + freePort() + "/none")
                .withProperty(
                        "sluice.keyset-file", directory.resolve("missing.json").toString());

        List<SetUpFinding> findings = review(environment);

        assertThat(findings)
                .filteredOn(finding -> !finding.isWell())
                .extracting(SetUpFinding::subject)
                .containsExactly("settings", "keyset", "database");
        assertThat(findings.toString())
                .contains("without SLUICE_USER_SECRET, SLUICE_ORGANIZATION_SECRET, SLUICE_PUBLIC_URL")
                .contains("missing.json")
                .contains("/none does not answer")
                .doesNotContain("hidden");
    }

    @Test
    void refusesAnEmbeddedDatabaseWhereThereIsToBeNone() {
        assertThat(review(new MockEnvironment().withProperty("sluice.require-database-url", "true")))
                .filteredOn(finding -> !finding.isWell())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.found()).contains("SLUICE_DATABASE_URL is not set");
                    assertThat(finding.remedy()).contains("Set SLUICE_DATABASE_URL");
                });
    }

    @Test
    void saysThatTheDataDirectoryIsAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("data"));

        assertThat(review(new MockEnvironment()))
                .filteredOn(finding -> !finding.isWell())
                .singleElement()
                .extracting(SetUpFinding::found)
                .isEqualTo(file + " cannot be written to");
    }

    private List<SetUpFinding> review(MockEnvironment environment) {
        return SetUpReview.of(environment.withProperty(
                "sluice.data-dir", directory.resolve("data").toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
