package dev.sluice.gateway.notifications;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.notification.DeliveryList;
import dev.sluice.persistence.notification.DeliveryPage;
import dev.sluice.persistence.notification.FoundDelivery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the delivery routes. */
final class DeliveryHandler {
    private final RequestedNotification requested;
    private final DeliverySearch search;
    private final DeliveryList list;
    private final Release release;
    private final DeliveryAnswer answer;

    DeliveryHandler(
            RequestedNotification requested,
            DeliverySearch search,
            DeliveryList list,
            Release release,
            DeliveryAnswer answer) {
        this.requested = requested;
        this.search = search;
        this.list = list;
        this.release = release;
        this.answer = answer;
    }

    /** {@code GET /notifications/subscriptions/deliveries?where=…}: those of the newest event first. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Caller.of(request)
                .flatMap(caller -> search.page(caller.organizationId(), Where.of(request), page(request))
                        .flatMap(found -> answer.page(request, caller.organizationId(), found)));
    }

    private static Page<DeliveryId> page(ServerRequest request) {
        return Page.of(request, DeliveryId::parse);
    }

    /**
     * {@code PUT /notifications/subscriptions/deliveries?where=…}: sends what it means, all of it. The answer shows the first
     * page of that, as it stands after the order; a token for a next page says that the same order with it sends the rest.
     */
    Mono<ServerResponse> send(ServerRequest request) {
        return Caller.of(request).flatMap(caller -> {
            Where where = Where.toBeSent(request);
            Page<DeliveryId> page = page(request);
            long organizationId = caller.organizationId();
            return search.page(organizationId, where, page)
                    .flatMap(found -> release.send(organizationId, where, page.after())
                            .flatMap(left -> now(organizationId, found, left))
                            .switchIfEmpty(Mono.defer(() -> now(organizationId, found, null))))
                    .flatMap(sent -> answer.page(request, organizationId, sent));
        });
    }

    private Mono<DeliveryPage> now(long organizationId, DeliveryPage found, @Nullable DeliveryId left) {
        List<DeliveryId> ids =
                found.deliveries().stream().map(FoundDelivery::id).toList();
        return list.named(organizationId, ids).collectList().map(now -> new DeliveryPage(now, left));
    }

    /** {@code GET /notifications/{nid}/subscriptions/deliveries}: a notification of ours has one. */
    Mono<ServerResponse> ofNotification(ServerRequest request) {
        return requested
                .find(request)
                .flatMap(found -> Caller.of(request)
                        .flatMap(caller ->
                                answer.page(request, caller.organizationId(), new DeliveryPage(List.of(found), null))));
    }

    /** {@code GET /notifications/{nid}/subscriptions/{sid}/deliveries}: an object, not a list. */
    Mono<ServerResponse> one(ServerRequest request) {
        return requested
                .find(request)
                .filter(found -> String.valueOf(found.id().endpointId()).equals(request.pathVariable("sid")))
                .switchIfEmpty(Mono.error(
                        () -> new NotFoundException("No delivery found of that notification to that subscription.")))
                .flatMap(found ->
                        Caller.of(request).flatMap(caller -> answer.one(request, caller.organizationId(), found)));
    }
}
