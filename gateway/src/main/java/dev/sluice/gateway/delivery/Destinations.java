package dev.sluice.gateway.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.notification.Callback;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCache;
import reactor.core.publisher.Mono;

/** Finds where deliveries may go, by what their instances say now. */
final class Destinations {
    private static final Destination DELETED = new Destination.Over(Ending.DELETED, "the endpoint was deleted");
    private static final Destination LOOPED =
            new Destination.Over(Ending.DELETED, "the callback URL is this gateway's own");
    private static final Destination DEACTIVATED = new Destination.Shut(null);
    /** Parked: it is let go when the instance is enabled again. */
    private static final Destination DISABLED = new Destination.Shut(null);

    private final InstanceCache instances;
    private final Lanes lanes;
    private final RetrySchedule usualSchedule;

    /** By the very object: a changed instance is another object, and so are its endpoints. */
    private final Cache<Endpoint, Destination> known =
            Caffeine.newBuilder().weakKeys().build();

    Destinations(InstanceCache instances, Lanes lanes, RetrySchedule usualSchedule) {
        this.instances = instances;
        this.lanes = lanes;
        this.usualSchedule = usualSchedule;
    }

    /** Where to; an error while the database is away and the instance is not in memory. */
    Mono<Destination> find(long instanceId, long endpointId) {
        return instances
                .find(instanceId)
                .map(instance -> destination(instance, endpointId))
                .defaultIfEmpty(DELETED);
    }

    private Destination destination(Instance instance, long endpointId) {
        return instance.disabled()
                ? DISABLED
                : instance.endpoint(endpointId)
                        .map(endpoint -> known.get(endpoint, missing -> destination(instance, missing)))
                        .orElse(DELETED);
    }

    private Destination destination(Instance instance, Endpoint endpoint) {
        return switch (endpoint.state()) {
            case ACTIVE -> open(instance, endpoint);
            case DEACTIVATED -> DEACTIVATED;
            case LOOPED -> LOOPED;
            case DELETED -> DELETED;
        };
    }

    private Destination open(Instance instance, Endpoint endpoint) {
        try {
            Callback callback = Callback.of(instance, endpoint, usualSchedule);
            if (endpoint.breaker() == Endpoint.Breaker.OPEN) {
                return new Destination.Resting(callback);
            }
            // The row goes before what this node remembers: another may have probed and closed it.
            lanes.closeBreaker(endpoint.id());
            return new Destination.Open(callback);
        } catch (IllegalArgumentException notUnderstood) {
            String message = notUnderstood.getMessage();
            return new Destination.Misconfigured(
                    message == null ? "the configuration is not understood" : message,
                    endpoint.url(),
                    endpoint.urlNumber(),
                    usualSchedule);
        }
    }
}
