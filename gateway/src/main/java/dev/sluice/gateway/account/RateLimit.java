package dev.sluice.gateway.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.gateway.error.TooManyRequestsException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets each organization have its share of the API and no more, so that one cannot keep the others waiting. */
final class RateLimit implements WebFilter {
    private static final int ORGANIZATIONS_MAX = 100_000;

    private final ApiSettings settings;
    private final LongSupplier nanoTime;
    private final Cache<Long, Allowance> allowances = Caffeine.newBuilder()
            .maximumSize(ORGANIZATIONS_MAX)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    RateLimit(ApiSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** Whoever is not known yet passes, to be refused by who asks for credentials. */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .ofType(CallerAuthentication.class)
                .mapNotNull(CallerAuthentication::caller)
                .doOnNext(this::take)
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    private void take(Caller caller) {
        long now = nanoTime.getAsLong();
        long wait = allowances
                .get(
                        caller.organizationId(),
                        unseen -> new Allowance(settings.requestsPerSecond(), settings.burst(), now))
                .take(now);
        if (wait > 0) {
            throw new TooManyRequestsException(
                    "requests: more than allowed (expected: at most " + settings.requestsPerSecond() + " a second and "
                            + settings.burst() + " at once)",
                    Duration.ofNanos(wait));
        }
    }
}
