package dev.sluice.gateway.request;

import dev.sluice.gateway.delivery.egress.Network;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Scheme, host and path prefix that a proxy says it was called by. They count from the proxies that the operator trusts;
 * anybody else could make our answers name a host of his.
 */
final class TrustedForwarding extends ForwardedHeaderTransformer {
    private final List<Network> trusted;

    /** @param trusted networks of the proxies, in CIDR notation; none are trusted when there are none */
    TrustedForwarding(List<String> trusted) {
        this.trusted = trusted.stream()
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .map(Network::parse)
                .toList();
    }

    @Override
    public ServerHttpRequest apply(ServerHttpRequest request) {
        return isTrusted(request.getRemoteAddress()) ? super.apply(request) : request;
    }

    private boolean isTrusted(@Nullable InetSocketAddress peer) {
        return peer != null
                && !peer.isUnresolved()
                && trusted.stream().anyMatch(network -> network.contains(peer.getAddress()));
    }
}
