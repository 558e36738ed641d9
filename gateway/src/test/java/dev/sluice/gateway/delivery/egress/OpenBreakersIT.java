package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rig.process.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenBreakersIT {
    @TempDir
    private Path directory;

    /** A gateway of 512 MB has a quarter of them for its lanes. */
    @Test
    void remembersTenThousandOpenBreakersInAQuarterOfASmallHeap() {
        try (JavaProcess process = JavaProcess.startInstrument(new JavaProcess.Command(
                "breakers",
                OpenBreakersMain.class.getName(),
                List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"),
                List.of(),
                Map.of(),
                directory))) {
            assertThat(process.ask("10000")).isEqualTo("10000");
        }
    }
}
