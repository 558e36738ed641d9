package dev.sluice.gateway.delivery.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.persistence.eventlog.Body;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Opens as many breakers as each line asks for, and answers how many of them are open. */
final class OpenBreakersMain {
    private static final int FAILURES = 10;

    private OpenBreakersMain() {}

    public static void main(String[] arguments) throws IOException {
        Lanes lanes =
                new Lanes(new LaneLimits(64, 4_096, 4L * 1_024 * 1_024, Duration.ofSeconds(15), Duration.ofHours(1)));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int count = Integer.parseInt(line);
            for (int endpoint = 0; endpoint < count; endpoint++) {
                fail(lanes.of(endpoint));
            }
            int open = 0;
            for (int endpoint = 0; endpoint < count; endpoint++) {
                open += lanes.of(endpoint).openFor().isZero() ? 0 : 1;
            }
            System.out.println(open);
        }
    }

    private static void fail(Lane lane) {
        for (int i = 0; i < FAILURES; i++) {
            lane.guard(Mono.fromSupplier(() -> new Answer(500, null, null, new Body(new byte[1_024]))))
                    .block();
        }
    }
}
