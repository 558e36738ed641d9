package dev.sluice.gateway.delivery.egress;

/** Nothing was sent: all connections that one address may have were taken for the whole time. */
final class NoConnectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoConnectionException() {
        super("No connection to the callback's address became free in time");
    }
}
