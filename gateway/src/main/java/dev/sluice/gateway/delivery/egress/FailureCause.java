package dev.sluice.gateway.delivery.egress;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a call brought no answer. */
public enum FailureCause {
    /** No status line in time. */
    TIMED_OUT,
    /** No such name, nobody listening, no way there. */
    UNREACHABLE,
    /** The address is in a network that callbacks may not be in. */
    FORBIDDEN,
    /** No trust in the certificate, or no common TLS. */
    UNTRUSTED,
    /** The connection ended before a status line. */
    DISCONNECTED,
    /** What came was no HTTP, or something of our own went wrong. */
    BROKEN,
    /** The callback's own configuration is not understood, so nothing could be sent. */
    MISCONFIGURED,
    /** No call was made: the endpoint's breaker is open. */
    BREAKER_OPEN,
    /** No call was made: all connections to that address were taken. */
    NO_CONNECTION,
    /** No call was made: another node may have the delivery by now. */
    NO_LONGER_HELD;

    /** The cause behind an error of {@link CallbackClient#post}. */
    public static FailureCause of(Throwable error) {
        if (error instanceof CallNotPermittedException) {
            return BREAKER_OPEN;
        }
        if (error instanceof NoConnectionException) {
            return NO_CONNECTION;
        }
        if (error instanceof NoLongerHeldException) {
            return NO_LONGER_HELD;
        }
        if (error instanceof TimeoutException) {
            return TIMED_OUT;
        }
        return error instanceof IOException connection ? ofConnection(connection) : BROKEN;
    }

    private static FailureCause ofConnection(IOException error) {
        if (error instanceof ForbiddenAddressException) {
            return FORBIDDEN;
        }
        if (error instanceof SSLException) {
            return UNTRUSTED;
        }
        return error instanceof ConnectException
                        || error instanceof UnknownHostException
                        || error instanceof NoRouteToHostException
                ? UNREACHABLE
                : DISCONNECTED;
    }

    /** Whether a call was made, so that it counts as an attempt. */
    public boolean isAttempt() {
        return this != BREAKER_OPEN && this != NO_CONNECTION && this != NO_LONGER_HELD;
    }

    /** As it stands in the attempt log and in meters: {@code timed_out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
