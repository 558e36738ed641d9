package dev.sluice.gateway.delivery.egress;

/** Nothing was sent: before there was a connection, another node may have got the delivery. */
public final class NoLongerHeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoLongerHeldException() {
        super("Another node may have the delivery by now");
    }
}
