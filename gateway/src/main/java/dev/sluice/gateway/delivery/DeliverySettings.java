package dev.sluice.gateway.delivery;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How deliveries are made.
 *
 * @param retry when failed ones are repeated
 * @param timeout within which a callback's status line decides, 100 ms to 5 min
 * @param connectTimeout for opening a connection to a callback; above 0
 * @param connections the most to one address and port, at least 1
 * @param allowedNetworks special networks that callbacks may be in nevertheless, like {@code 10.1.0.0/16}; none by default
 * @param concurrency calls at once to one endpoint, at least 1; an instance may set its own
 * @param waiting the most first attempts that wait in memory for one endpoint, 0 or more
 * @param memory the most that deliveries in memory take; 0 is an eighth of the heap
 * @param breakerOpen how long an endpoint that failed is left alone before it is tried again, at first; 10 ms to 1 h
 * @param breakerOpenMax the longest, because each time in a row it is twice as long; at least {@code breakerOpen}
 */
@ConfigurationProperties("sluice.delivery")
record DeliverySettings(
        @DefaultValue Retry retry,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("256") int connections,
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("64") int concurrency,
        @DefaultValue("4096") int waiting,
        @DefaultValue("0B") DataSize memory,
        @DefaultValue("10s") Duration breakerOpen,
        @DefaultValue("5m") Duration breakerOpenMax) {
    private static final int SHARE_OF_HEAP = 8;

    /**
     * When failed deliveries are repeated.
     *
     * @param schedule offsets after the first failure, like {@code 8s,64s}
     */
    record Retry(@DefaultValue("8s,64s,512s,4096s,32768s") String schedule) {}

    DeliverySettings {
        requireBetween("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        requireBetween("breaker-open", breakerOpen, Duration.ofMillis(10), Duration.ofHours(1));
        requireBetween("breaker-open-max", breakerOpenMax, breakerOpen, Duration.ofDays(1));
        requireAtLeast("connections", connections, 1);
        requireAtLeast("concurrency", concurrency, 1);
        requireAtLeast("waiting", waiting, 0);
        allowedNetworks = List.copyOf(allowedNetworks);
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "sluice.delivery." + name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "sluice.delivery." + name + ": " + value + " (expected: at least " + least + ")");
        }
    }

    /** The most that deliveries in memory take, in bytes. */
    long memoryBytes() {
        return memory.toBytes() > 0 ? memory.toBytes() : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }
}
