package dev.sluice.gateway.delivery.retry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.persistence.delivery.DuePosition;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;

/**
 * Where to begin claiming from each endpoint: where claims had come a second or two ago. What is due before that has been
 * claimed, but for what was written late; that is found by beginning from the first again every ten seconds.
 */
public final class ClaimFloors {
    private static final int ENDPOINTS_MAX = 10_000;
    private static final long BEHIND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FULL_SCAN_NANOS = Duration.ofSeconds(10).toNanos();

    private final Cache<Long, Floor> floors =
            Caffeine.newBuilder().maximumSize(ENDPOINTS_MAX).build();
    private final ConcurrentMap<Long, Floor> byEndpoint = floors.asMap();

    /**
     * What is known of one endpoint.
     *
     * @param floor what claims begin from
     * @param next what they will begin from
     * @param movedAtNanos when {@code next} became what it is
     * @param begunAtNanos when they began from the first
     */
    private record Floor(DuePosition floor, DuePosition next, long movedAtNanos, long begunAtNanos) {
        private Floor reached(DuePosition position, long nowNanos) {
            return nowNanos - movedAtNanos < BEHIND_NANOS ? this : new Floor(next, position, nowNanos, begunAtNanos);
        }
    }

    /** Where to begin claiming from the endpoint now. */
    public DuePosition of(long endpointId, long nowNanos) {
        Floor known = byEndpoint.get(endpointId);
        if (known != null && nowNanos - known.begunAtNanos() >= FULL_SCAN_NANOS) {
            byEndpoint.remove(endpointId);
            known = null;
        }
        return known == null ? DuePosition.FIRST : known.floor();
    }

    /** The endpoint's deliveries were claimed up to there. */
    public void claimed(long endpointId, DuePosition last, long nowNanos) {
        byEndpoint.compute(
                endpointId,
                (id, known) -> known == null
                        ? new Floor(DuePosition.FIRST, last, nowNanos, nowNanos)
                        : known.reached(last, nowNanos));
    }
}
