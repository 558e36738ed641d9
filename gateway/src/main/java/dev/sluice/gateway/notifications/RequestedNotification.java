package dev.sluice.gateway.notifications;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.notification.DeliveryList;
import dev.sluice.persistence.notification.FoundDelivery;
import java.util.List;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Which notification a request names: only what is the caller's is there. */
final class RequestedNotification {
    private final DeliveryList list;

    RequestedNotification(DeliveryList list) {
        this.list = list;
    }

    /**
     * The notification's delivery.
     *
     * @return errors 404 when there is none, or it is another organization's
     */
    Mono<FoundDelivery> find(ServerRequest request) {
        return Mono.justOrEmpty(DeliveryId.parse(request.pathVariable("nid")))
                .flatMap(id -> Caller.of(request)
                        .flatMap(caller ->
                                list.named(caller.organizationId(), List.of(id)).next()))
                .switchIfEmpty(Mono.error(RequestedNotification::unknown));
    }

    /** 404: there is no such notification, or retention has taken it. */
    static NotFoundException unknown() {
        return new NotFoundException("No notification found with that id.");
    }
}
