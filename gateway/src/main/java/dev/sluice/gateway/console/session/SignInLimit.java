package dev.sluice.gateway.console.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.gateway.account.Allowance;
import dev.sluice.gateway.error.TooManyRequestsException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.web.reactive.function.server.ServerRequest;

/** How often one may try to sign in: of one address, and with one organization's secret from any. */
public final class SignInLimit {
    private static final int PER_SECOND = 1;
    private static final int AT_ONCE = 10;
    private static final int KEYS_MAX = 100_000;

    private final LongSupplier nanoTime;
    private final Cache<String, Allowance> allowances = Caffeine.newBuilder()
            .maximumSize(KEYS_MAX)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    SignInLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts an attempt from where the request comes from.
     *
     * @throws TooManyRequestsException when it is one too many
     */
    public void take(ServerRequest request) {
        take(request.remoteAddress().map(InetSocketAddress::getHostString).orElse("unknown"));
    }

    /**
     * Counts an attempt.
     *
     * @param key an address, or the hash of an organization's secret
     * @throws TooManyRequestsException when it is one too many
     */
    void take(String key) {
        long now = nanoTime.getAsLong();
        long wait = allowances
                .get(key, unseen -> new Allowance(PER_SECOND, AT_ONCE, now))
                .take(now);
        if (wait > 0) {
            throw new TooManyRequestsException(
                    "Too many attempts to sign in. Wait a few seconds, then try again.", Duration.ofNanos(wait));
        }
    }
}
