package dev.sluice.gateway.delivery.egress;

import java.net.ConnectException;
import java.net.SocketAddress;

/** A callback's name or address leads into a network that callbacks may not be in. */
final class ForbiddenAddressException extends ConnectException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(SocketAddress remote) {
        super("callback address: " + remote + " (expected: a public one, or one in sluice.delivery.allowed-networks)");
    }
}
