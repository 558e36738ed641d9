package dev.sluice.gateway.console.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A link that signs its first user in as the administrator: the local start prints it in the terminal. */
public final class SignInLink {
    private static final long LIFE_NANOS = Duration.ofMinutes(30).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Issued> issued = new AtomicReference<>();

    SignInLink(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Issued(SessionToken token, long at) {}

    /** A new link's path, good for half an hour; a former one is not any more. */
    public String path() {
        SessionToken token = SessionToken.random();
        issued.set(new Issued(token, nanoTime.getAsLong()));
        return SignInRoutes.PATH + "/" + token.value();
    }

    /** Whether that is the link's token, for the first and only time. */
    boolean uses(String shown) {
        Issued now = issued.get();
        return now != null
                && MessageDigest.isEqual(now.token().value().getBytes(UTF_8), shown.getBytes(UTF_8))
                && issued.compareAndSet(now, null)
                && nanoTime.getAsLong() - now.at() < LIFE_NANOS;
    }
}
