package dev.sluice.gateway.notifications;

import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.notification.DeliveryFilter;
import dev.sluice.persistence.notification.DeliveryList;
import dev.sluice.persistence.notification.DeliveryPage;
import dev.sluice.persistence.notification.SubscriptionRepository;
import java.util.List;
import reactor.core.publisher.Mono;

/** Finds the deliveries that a {@code where} means. */
final class DeliverySearch {
    private final SubscriptionRepository subscriptions;
    private final DeliveryList list;

    DeliverySearch(SubscriptionRepository subscriptions, DeliveryList list) {
        this.subscriptions = subscriptions;
        this.list = list;
    }

    /** A page of them, the newest event's first. */
    Mono<DeliveryPage> page(long organizationId, Where where, Page<DeliveryId> page) {
        return filter(organizationId, where, false)
                .flatMap(filter -> list.page(filter, page.after(), page.size()))
                .defaultIfEmpty(DeliveryPage.EMPTY);
    }

    /**
     * Where a URL is that of few endpoints, their instances lead to what is looked for; otherwise all of the organization's
     * events do, of which many are then sent there.
     *
     * @param over only what nothing follows by itself
     * @return empty when no delivery can be meant
     */
    Mono<DeliveryFilter> filter(long organizationId, Where where, boolean over) {
        if (where.nothing()) {
            return Mono.empty();
        }
        String url = where.url();
        DeliveryFilter ofAll = new DeliveryFilter(organizationId, null, where.status(), url, over);
        if (url == null) {
            return Mono.just(ofAll);
        }
        return subscriptions
                .instancesByUrl(organizationId, url, ofAll.instancesMax() + 1)
                .collectList()
                .filter(found -> !found.isEmpty())
                .map(found -> found.size() > ofAll.instancesMax() ? ofAll : ofInstances(ofAll, found));
    }

    private static DeliveryFilter ofInstances(DeliveryFilter filter, List<Long> instances) {
        return new DeliveryFilter(
                filter.organizationId(),
                instances.stream().distinct().toList(),
                filter.status(),
                filter.url(),
                filter.over());
    }
}
