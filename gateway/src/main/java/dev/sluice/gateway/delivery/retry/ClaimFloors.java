package dev.sluice.gateway.delivery.retry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.persistence.delivery.DuePosition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Where to begin claiming from each endpoint: where claims had come a second or two ago. What is due before that has been
 * claimed, but for what was written late; that is found by beginning from the first again every ten seconds.
 */
public final class ClaimFloors {
    private static final int ENDPOINTS_MAX = 10_000;
    private static final long BEHIND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FULL_SCAN_NANOS = Duration.ofSeconds(10).toNanos();

    /** Below so many claims there is little to be stepped over. */
    private static final int CLAIMS_MIN = 100;

    private static final int KNOWN_MAX = 500;

    private final Cache<Long, Floor> floors =
            Caffeine.newBuilder().maximumSize(ENDPOINTS_MAX).build();
    private final ConcurrentMap<Long, Floor> byEndpoint = floors.asMap();

    /**
     * What is known of one endpoint.
     *
     * @param floor what claims begin from
     * @param next what they will begin from
     * @param claims how many were made
     * @param movedAtNanos when {@code next} became what it is
     * @param begunAtNanos when they began from the first
     */
    private record Floor(DuePosition floor, DuePosition next, int claims, long movedAtNanos, long begunAtNanos) {
        private Floor reached(DuePosition position, int count, long nowNanos) {
            return nowNanos - movedAtNanos < BEHIND_NANOS
                    ? new Floor(floor, next, claims + count, movedAtNanos, begunAtNanos)
                    : new Floor(next, position, claims + count, nowNanos, begunAtNanos);
        }

        private boolean holds(long nowNanos) {
            return nowNanos - begunAtNanos < FULL_SCAN_NANOS;
        }
    }

    /** Where to begin claiming from the endpoint now. */
    public DuePosition of(long endpointId, long nowNanos) {
        Floor known = byEndpoint.get(endpointId);
        if (known != null && !known.holds(nowNanos)) {
            byEndpoint.remove(endpointId);
            known = null;
        }
        return known == null ? DuePosition.FIRST : known.floor();
    }

    /** The endpoints that much was claimed from just now, and where to begin looking for more. */
    public Map<Long, DuePosition> known(long nowNanos) {
        return byEndpoint.entrySet().stream()
                .filter(each -> each.getValue().claims() >= CLAIMS_MIN
                        && each.getValue().holds(nowNanos))
                .limit(KNOWN_MAX)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().floor()));
    }

    /** So many of the endpoint's deliveries were claimed, up to there. */
    public void claimed(long endpointId, DuePosition last, int count, long nowNanos) {
        byEndpoint.compute(
                endpointId,
                (id, known) -> known == null
                        ? new Floor(DuePosition.FIRST, last, count, nowNanos, nowNanos)
                        : known.reached(last, count, nowNanos));
    }
}
