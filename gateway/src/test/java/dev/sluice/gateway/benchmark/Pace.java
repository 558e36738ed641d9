package dev.sluice.gateway.benchmark;

import java.time.Duration;

/**
 * How long each part runs: under six minutes in all. The system property {@code sluice.bench.scale} stretches it, 0.2 for a
 * quick look whose numbers mean little.
 */
final class Pace {
    private static final double SCALE = Double.parseDouble(System.getProperty("sluice.bench.scale", "1"));

    /** A server is warm when two slices in a row bring nothing: on two cores the compiler alone takes half a minute. */
    static final Duration WARM_UP_SLICE = scaled(3);

    static final Duration WARM_UP_MAX = scaled(24);
    static final Duration GATEWAY_WARM_UP_MAX = scaled(36);
    static final Duration DELIVERY_WARM_UP = scaled(8);
    static final Duration REPETITION = scaled(3);
    static final int REPETITIONS = 3;
    static final Duration SEARCH_STEP = scaled(5);
    static final Duration SUSTAINED = scaled(60);
    static final Duration LATENCY_WINDOW = scaled(8);
    static final int LATENCY_WINDOWS = 3;

    private Pace() {}

    private static Duration scaled(double seconds) {
        return Duration.ofSeconds(Math.max(2, Math.round(seconds * SCALE)));
    }
}
