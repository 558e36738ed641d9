package dev.sluice.gateway.notifications;

import dev.sluice.gateway.delivery.notification.ShownNotification;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.notification.DeliveryPage;
import dev.sluice.persistence.notification.FoundDelivery;
import dev.sluice.persistence.notification.Subscription;
import dev.sluice.persistence.notification.SubscriptionRepository;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Answers with deliveries; with {@code hydrate=true}, each with its notification and its subscription. */
final class DeliveryAnswer {
    private final NotificationReader reader;
    private final SubscriptionRepository subscriptions;

    DeliveryAnswer(NotificationReader reader, SubscriptionRepository subscriptions) {
        this.reader = reader;
        this.subscriptions = subscriptions;
    }

    /** A page of them; with their notifications it may be shorter than found, and says where it goes on. */
    Mono<ServerResponse> page(ServerRequest request, long organizationId, DeliveryPage page) {
        List<FoundDelivery> found = page.deliveries();
        return hydrates(request) && !found.isEmpty()
                ? hydrated(organizationId, found)
                        .flatMap(views -> list(views.values(), page.nextAfter(last(views.keySet()))))
                : list(found.stream().map(DeliveryView::of).toList(), page.next());
    }

    private static @Nullable DeliveryId last(Collection<DeliveryId> shown) {
        DeliveryId last = null;
        for (DeliveryId each : shown) {
            last = each;
        }
        return last;
    }

    /** One of them, as an object. */
    Mono<ServerResponse> one(ServerRequest request, long organizationId, FoundDelivery delivery) {
        Mono<ObjectNode> view = hydrates(request)
                ? hydrated(organizationId, List.of(delivery))
                        .mapNotNull(views -> views.get(delivery.id()))
                        .switchIfEmpty(Mono.error(RequestedNotification::unknown))
                : Mono.just(DeliveryView.of(delivery));
        return view.flatMap(shown ->
                ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(shown));
    }

    private static boolean hydrates(ServerRequest request) {
        return request.queryParam("hydrate").filter("true"::equalsIgnoreCase).isPresent();
    }

    private static Mono<ServerResponse> list(Collection<ObjectNode> views, @Nullable DeliveryId next) {
        ServerResponse.BodyBuilder answer = ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(Page.RETURNED, String.valueOf(views.size()));
        if (next != null) {
            answer.header(Page.NEXT, next.encoded());
        }
        return answer.bodyValue(List.copyOf(views));
    }

    /** In the order found. */
    private Mono<Map<DeliveryId, ObjectNode>> hydrated(long organizationId, List<FoundDelivery> found) {
        return Mono.zip(reader.read(organizationId, found).collectList(), subscriptions(organizationId, found))
                .map(both -> hydrated(found, both.getT1(), both.getT2()));
    }

    private Mono<Map<Long, Subscription>> subscriptions(long organizationId, List<FoundDelivery> found) {
        List<Long> ids =
                found.stream().map(each -> each.id().endpointId()).distinct().toList();
        return subscriptions.findAll(organizationId, ids).collectMap(Subscription::id);
    }

    private static Map<DeliveryId, ObjectNode> hydrated(
            List<FoundDelivery> found, List<ShownNotification> shown, Map<Long, Subscription> subscriptions) {
        Map<DeliveryId, ShownNotification> byId =
                shown.stream().collect(Collectors.toMap(ShownNotification::id, Function.identity()));
        Map<DeliveryId, ObjectNode> views = new LinkedHashMap<>();
        for (FoundDelivery delivery : found) {
            ShownNotification notification = byId.get(delivery.id());
            if (notification != null) {
                Subscription subscription = subscriptions.get(delivery.id().endpointId());
                views.put(delivery.id(), DeliveryView.of(delivery, notification, subscription));
            }
        }
        return views;
    }
}
