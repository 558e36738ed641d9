package dev.sluice.gateway.oauth;

import dev.sluice.persistence.token.StoredTokens;
import dev.sluice.persistence.token.TokenRepository;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;

/**
 * Access tokens that are good. However many ask at once, on however many nodes, the provider is asked for new ones once:
 * whoever holds the lease of the row asks, all others wait and read what he stored.
 */
public final class Tokens {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS_MAX = 200;

    private final TokenRepository repository;
    private final Refresh refresh;
    private final ConcurrentMap<Long, CompletableFuture<StoredTokens>> underWay = new ConcurrentHashMap<>();

    Tokens(TokenRepository repository, Refresh refresh) {
        this.repository = repository;
        this.refresh = refresh;
    }

    /**
     * The instance's tokens, new ones where the access token has expired.
     *
     * @return empty when it has none; a {@link NoAccessException} when there will be none until a user agrees again
     */
    public Mono<StoredTokens> good(long instanceId) {
        return usable(instanceId).flatMap(stored -> stored.expired() ? renewed(stored) : Mono.just(stored));
    }

    /**
     * Other tokens than these, which the provider no longer takes: those that stand by now, or new ones.
     *
     * @return as {@link #good}
     */
    public Mono<StoredTokens> instead(StoredTokens rejected) {
        return usable(rejected.instanceId())
                .flatMap(stored -> stored.generation() != rejected.generation() ? Mono.just(stored) : renewed(stored));
    }

    /** Whether the instance has tokens, good or not. */
    Mono<Boolean> any(long instanceId) {
        return repository.find(instanceId).hasElement();
    }

    private Mono<StoredTokens> usable(long instanceId) {
        return repository.find(instanceId).flatMap(stored -> {
            String problem = stored.problem();
            return problem == null ? Mono.just(stored) : Mono.error(new NoAccessException(problem));
        });
    }

    /** One at a time on this node; and it ends even when all who wait for it have given up: the answer is stored. */
    private Mono<StoredTokens> renewed(StoredTokens stale) {
        return Mono.defer(() -> {
            CompletableFuture<StoredTokens> mine = new CompletableFuture<>();
            CompletableFuture<StoredTokens> other = underWay.putIfAbsent(stale.instanceId(), mine);
            if (other != null) {
                return Mono.fromFuture(other, true);
            }
            return Mono.fromFuture(run(stale, mine), true);
        });
    }

    private CompletableFuture<StoredTokens> run(StoredTokens stale, CompletableFuture<StoredTokens> mine) {
        CompletableFuture<StoredTokens> work = leaseOrWait(stale).toFuture();
        return work.whenComplete((stored, failure) -> {
            underWay.remove(stale.instanceId(), mine);
            if (failure == null) {
                mine.complete(stored);
            } else {
                mine.completeExceptionally(failure);
            }
        });
    }

    private Mono<StoredTokens> leaseOrWait(StoredTokens stale) {
        return repository
                .lease(stale.instanceId(), stale.generation(), Refresh.LEASE)
                .flatMap(refresh::under)
                .switchIfEmpty(Mono.defer(() -> newer(stale)))
                .repeatWhenEmpty(waiting -> waiting.take(POLLS_MAX).delayElements(POLL))
                .switchIfEmpty(Mono.error(() -> new NoAccessException("somebody else is refreshing the token")));
    }

    private Mono<StoredTokens> newer(StoredTokens stale) {
        return usable(stale.instanceId())
                .switchIfEmpty(Mono.error(() -> new NoAccessException("the instance is gone")))
                .filter(stored -> stored.generation() != stale.generation());
    }
}
