package dev.sluice.gateway.delivery.explanation;

import dev.sluice.gateway.delivery.egress.EgressLimits;
import dev.sluice.gateway.delivery.egress.FailureCause;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Says why a call brought no answer, and what to do about it, to whoever owns the callback. It names no address but the one in
 * the callback URL: what a name leads to in our network is nobody's business.
 */
public final class FailureWords {
    private static final int CAUSES_MAX = 10;

    private final EgressLimits limits;

    /** @param limits those that calls are made within */
    public FailureWords(EgressLimits limits) {
        this.limits = limits;
    }

    /**
     * In one or two sentences.
     *
     * @param callback absolute, with a host
     * @param error of a call to it
     */
    public String of(URI callback, Throwable error) {
        String origin = origin(callback);
        return switch (FailureCause.of(error)) {
            case TIMED_OUT ->
                origin + " did not answer within " + took(limits.timeout())
                        + ". Answer with 2xx at once, and do the work afterwards.";
            case UNREACHABLE -> unreachable(callback, origin, error);
            case FORBIDDEN ->
                callback.getHost()
                        + " leads to an address in a private or special network, where no notification is sent. "
                        + "Use a public address, or let the operator allow the network with sluice.delivery.allowed-networks.";
            case UNTRUSTED -> CertificateWords.of(callback, origin, error);
            case DISCONNECTED ->
                origin
                        + " closed the connection before it answered. Its own log, or that of the proxy before it, may say why.";
            case BROKEN ->
                "No readable HTTP came from " + origin + ": " + said(error) + ". See that the port is the receiver’s.";
            default -> said(error);
        };
    }

    private String unreachable(URI callback, String origin, Throwable error) {
        if (error instanceof UnknownHostException) {
            return "No address was found for the host name " + callback.getHost()
                    + ". Correct it in the callback URL, or see to its DNS record.";
        }
        if (error instanceof ConnectTimeoutException) {
            return origin + " took no connection within " + took(limits.connectTimeout())
                    + ". See that it is up, and that no firewall drops what comes from here.";
        }
        if (error instanceof NoRouteToHostException) {
            return "There is no way to " + origin
                    + " from here. Correct the host in the callback URL, or see to the network.";
        }
        return error instanceof ConnectException && said(error).contains("refused")
                ? "Nothing listens at " + origin
                        + ": connection refused. Start the receiver there, or correct the callback URL."
                : origin + " could not be connected to. See that it is up, or correct the callback URL.";
    }

    /** Without path and query, which may hold what is secret. */
    private static String origin(URI callback) {
        return callback.getScheme().toLowerCase(Locale.ROOT) + "://" + callback.getRawAuthority();
    }

    static String said(Throwable error) {
        return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
    }

    /** An error and what caused it. */
    static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX);
    }

    static String took(Duration limit) {
        return limit.toMillis() % 1_000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
