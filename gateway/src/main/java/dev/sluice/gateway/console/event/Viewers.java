package dev.sluice.gateway.console.event;

import dev.sluice.gateway.error.TooManyRequestsException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who looks at live lists. Those who look at the same one share its reading, and each holds no more than the frame that is
 * being sent and the newest after it, however slowly it takes them.
 */
final class Viewers {
    /** After which a browser comes again by itself: whether it still may is looked at then. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final int OF_ORGANIZATION_MAX = 50;

    private final Function<LiveList, Flux<String>> lists;
    private final Mono<Void> stop;
    private final ConcurrentHashMap<LiveList, Flux<String>> watched = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Integer> viewers = new ConcurrentHashMap<>();

    /**
     * @param lists follows a list
     * @param stop ends all that is being watched: a stop waits for requests that are under way
     */
    Viewers(Function<LiveList, Flux<String>> lists, Mono<Void> stop) {
        this.lists = lists;
        this.stop = stop;
    }

    /** What one more viewer gets; throws {@link TooManyRequestsException} when its organization has too many. */
    Flux<String> watch(LiveList list) {
        long organization = list.filter().organizationId();
        if (viewers.getOrDefault(organization, 0) >= OF_ORGANIZATION_MAX) {
            throw new TooManyRequestsException(
                    "live lists: too many are being watched (expected: at most " + OF_ORGANIZATION_MAX + ")", LONGEST);
        }
        return Flux.defer(() -> {
            viewers.merge(organization, 1, Integer::sum);
            return shared(list).onBackpressureLatest().doFinally(signal -> leave(organization));
        });
    }

    /** When a viewer is sent away: it has had its time, or the gateway stops. */
    Mono<Void> ended() {
        return Mono.firstWithSignal(stop, Mono.delay(LONGEST).then());
    }

    private void leave(long organizationId) {
        viewers.computeIfPresent(organizationId, (same, count) -> count == 1 ? null : count - 1);
    }

    private Flux<String> shared(LiveList list) {
        return watched.computeIfAbsent(
                list,
                missing -> lists.apply(missing)
                        .doFinally(signal -> watched.remove(missing))
                        .replay(1)
                        .refCount());
    }

    /** How many lists are being read. */
    int watched() {
        return watched.size();
    }
}
