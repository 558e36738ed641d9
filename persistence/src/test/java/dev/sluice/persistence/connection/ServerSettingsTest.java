package dev.sluice.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"on", "local", "remote_write", "remote_apply"})
    void findsNothingWrongWithACommitThatWaitsForTheDisk(String synchronousCommit) {
        assertThat(new ServerSettings(150_000, "on", synchronousCommit, "on", false).problems())
                .isEmpty();
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThat(new ServerSettings(140_012, "off", "off", "off", true).problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).isEqualTo("server version: 14.12 (expected: 15 or newer)"),
                        problem -> assertThat(problem).startsWith("fsync: off (expected: on"),
                        problem -> assertThat(problem).startsWith("synchronous_commit: off (expected: on"),
                        problem -> assertThat(problem).startsWith("full_page_writes: off (expected: on"),
                        problem -> assertThat(problem).startsWith("server role: standby"));
    }
}
