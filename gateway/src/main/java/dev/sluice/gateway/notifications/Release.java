package dev.sluice.gateway.notifications;

import dev.sluice.gateway.redelivery.Redeliverer;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.endpoint.QueueRepository;
import dev.sluice.persistence.instance.Endpoint.State;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.notification.DeliveryFilter;
import dev.sluice.persistence.notification.DeliveryList;
import dev.sluice.persistence.notification.DeliveryStatus;
import dev.sluice.persistence.notification.FoundDelivery;
import dev.sluice.persistence.notification.Subscription;
import dev.sluice.persistence.notification.SubscriptionPage;
import dev.sluice.persistence.notification.SubscriptionPage.Place;
import dev.sluice.persistence.notification.SubscriptionRepository;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends what a {@code where} means: first deactivated endpoints are reactivated and get what waits for them, in order, then
 * what is over is made owed again. Repeating it sends nothing twice that is still on its way.
 */
final class Release {
    private static final int SUBSCRIPTIONS_A_PORTION = 500;
    private static final int AT_ONCE = 4;
    private static final int AGAIN_AT_ONCE = 64;
    private static final int PAGE = 200;

    /** What is over is one outcome each: so many an order, about a second of work; the rest by the next. */
    private static final int PAGES_MAX = 25;

    private final SubscriptionRepository subscriptions;
    private final EndpointRepository endpoints;
    private final QueueRepository queue;
    private final DeliverySearch search;
    private final DeliveryList list;
    private final Redeliverer redeliverer;

    Release(
            SubscriptionRepository subscriptions,
            EndpointRepository endpoints,
            QueueRepository queue,
            DeliverySearch search,
            DeliveryList list,
            Redeliverer redeliverer) {
        this.subscriptions = subscriptions;
        this.endpoints = endpoints;
        this.queue = queue;
        this.search = search;
        this.list = list;
        this.redeliverer = redeliverer;
    }

    /**
     * Sends all of it.
     *
     * @param after where an earlier order stopped, or null
     * @return where this one stopped; empty when nothing is left
     */
    Mono<DeliveryId> send(long organizationId, Where where, @Nullable DeliveryId after) {
        if (where.nothing()) {
            return Mono.empty();
        }
        return letGo(organizationId, where).then(Mono.defer(() -> again(organizationId, where, after)));
    }

    private Mono<Void> letGo(long organizationId, Where where) {
        boolean retried = where.status() == DeliveryStatus.RETRY;
        return where.status() == DeliveryStatus.FAILED
                ? Mono.empty()
                : portions(organizationId, where.url())
                        .concatMap(portion -> retried ? retryNow(portion) : letGo(portion))
                        .then();
    }

    private Flux<List<Subscription>> portions(long organizationId, @Nullable String url) {
        if (url == null) {
            return subscriptions
                    .page(organizationId, Place.FIRST, SUBSCRIPTIONS_A_PORTION)
                    .expand(page -> Mono.justOrEmpty(page.next())
                            .flatMap(next -> subscriptions.page(organizationId, next, SUBSCRIPTIONS_A_PORTION)))
                    .map(SubscriptionPage::subscriptions);
        }
        return byUrl(organizationId, url, 0)
                .expand(portion -> portion.size() < SUBSCRIPTIONS_A_PORTION
                        ? Mono.empty()
                        : byUrl(
                                organizationId,
                                url,
                                portion.get(portion.size() - 1).id()));
    }

    private Mono<List<Subscription>> byUrl(long organizationId, String url, long after) {
        return subscriptions
                .byUrl(organizationId, url, after, SUBSCRIPTIONS_A_PORTION)
                .collectList();
    }

    /** All that a deactivated endpoint is owed is queued; of one that is active, what an open breaker keeps back. */
    private Mono<Void> letGo(List<Subscription> portion) {
        return Flux.fromIterable(portion)
                .filter(each -> each.state() == State.DEACTIVATED)
                .flatMap(each -> queue.park(each.id()).then(reactivate(each)), AT_ONCE)
                .thenMany(owing(portion))
                .filter(each -> each.state() == State.ACTIVE)
                .flatMap(this::reactivate, AT_ONCE)
                .then();
    }

    private Mono<Void> retryNow(List<Subscription> portion) {
        return owing(portion)
                .filter(Subscription::active)
                .flatMap(each -> queue.retryNow(each.id()).then(reactivate(each)), AT_ONCE)
                .then();
    }

    private Mono<Void> reactivate(Subscription subscription) {
        return endpoints.reactivate(subscription.instanceId(), subscription.id());
    }

    /** As they were found. */
    private Flux<Subscription> owing(List<Subscription> portion) {
        Map<Long, Subscription> byId =
                portion.stream().collect(Collectors.toMap(Subscription::id, Function.identity()));
        return queue.owing(byId.keySet()).mapNotNull(byId::get);
    }

    private Mono<DeliveryId> again(long organizationId, Where where, @Nullable DeliveryId after) {
        return where.status() == DeliveryStatus.RETRY
                ? Mono.empty()
                : search.filter(organizationId, where, true).flatMap(filter -> again(filter, after, PAGES_MAX));
    }

    private Mono<DeliveryId> again(DeliveryFilter filter, @Nullable DeliveryId after, int pagesLeft) {
        return list.page(filter, after, PAGE)
                .flatMap(page -> Flux.fromIterable(page.deliveries())
                        .map(FoundDelivery::id)
                        .flatMap(redeliverer::oneAgain, AGAIN_AT_ONCE)
                        .then(Mono.justOrEmpty(page.next())))
                .flatMap(next -> pagesLeft > 1 ? again(filter, next, pagesLeft - 1) : Mono.just(next));
    }
}
