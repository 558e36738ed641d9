package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed under a gateway that goes on receiving. */
final class StoreAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] PUSH = "{\"ref\":\"refs/heads/main\",\"after\":\"59b20b8d5c6f\"}".getBytes(UTF_8);
    private static final int SENT_AFTER_THE_KILL = 20;

    @TempDir
    private Path directory;

    @Test
    void answersWith503OrStoresAndHealsByItself() throws Exception {
        try (IngestRig rig = new IngestRig(directory)) {
            assertThat(rig.send(rig.push("before", PUSH)).statusCode()).isEqualTo(200);

            kill(directory.resolve("data/postgresql/postmaster.pid"));
            int stored = 1;
            Set<Integer> statuses = new HashSet<>();
            for (int i = 0; i < SENT_AFTER_THE_KILL; i++) {
                HttpResponse<String> answer = rig.send(rig.push("during-" + i, PUSH));
                statuses.add(answer.statusCode());
                stored += answer.statusCode() == 200 ? 1 : 0;
                if (answer.statusCode() == 503) {
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                }
            }

            assertThat(statuses).isSubsetOf(200, 503);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> rig.send(rig.push("healed", PUSH)).statusCode() == 200);
            // A 503 may hide a commit whose answer was lost; a 200 never hides a loss.
            assertThat(rig.stored()).isGreaterThanOrEqualTo(stored + 1L);
            assertThat(rig.held()).isZero();
        }
    }

    private static void kill(Path pidFile) throws Exception {
        String pid = Files.readAllLines(pidFile).get(0).strip();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }
}
