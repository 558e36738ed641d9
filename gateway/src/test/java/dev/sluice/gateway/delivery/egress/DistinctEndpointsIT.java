package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rig.process.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Ten thousand endpoints, each on an address of its own, with its lane and its open connection. */
@Tag("faults")
final class DistinctEndpointsIT {
    private static final int ENDPOINTS = 10_000;
    private static final int BYTES_MAX = 64 * 1_024;

    @TempDir
    private Path directory;

    @Test
    void keepsEachOfTenThousandEndpointsWithin64Kilobytes() {
        DisposableServer everywhere = HttpServer.create()
                .host("0.0.0.0")
                .port(0)
                .handle((request, response) -> request.receive().then(response.send()))
                .bindNow();
        try (JavaProcess process = JavaProcess.startInstrument(new JavaProcess.Command(
                "endpoints",
                DistinctEndpointsMain.class.getName(),
                List.of("-Xmx512m"),
                List.of(String.valueOf(everywhere.port())),
                Map.of(),
                directory))) {
            String answer = process.ask(String.valueOf(ENDPOINTS));

            assertThat(answer).startsWith(ENDPOINTS + " taken, ").endsWith(" bytes each");
            System.out.println("distinct endpoints: " + answer);
            assertThat(Integer.parseInt(answer.replaceAll(".* (\\d+) open.*", "$1")))
                    .as(answer)
                    .isGreaterThan(ENDPOINTS / 2);
            assertThat(Integer.parseInt(answer.replaceAll(".* (\\d+) bytes each", "$1")))
                    .as(answer)
                    .isBetween(1, BYTES_MAX);
        } finally {
            everywhere.disposeNow();
        }
    }
}
