package dev.sluice.gateway.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Time that passes while everything goes on: how long a fault lasts is part of it. */
final class Waiting {
    private static final Duration LATE_MAX = Duration.ofMinutes(2);

    private Waiting() {}

    static void pass(Duration time) {
        long since = System.nanoTime();
        await().pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .atMost(time.plus(LATE_MAX))
                .until(() -> System.nanoTime() - since >= time.toNanos());
    }
}
