package dev.sluice.gateway.delivery.egress;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * Lets no connection go to where only this installation should reach: loopback, private and other special networks. It
 * stands where a connection is opened, after names are resolved, so no name can mean another address when it counts.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special addresses, IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">and IPv6</a>
 */
@Sharable
public final class AddressGuard extends ChannelOutboundHandlerAdapter {
    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            // Azure's own services for a machine, at a public address that leads nowhere else.
            "168.63.129.16/32",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            // Unspecified, loopback and every IPv4 address in IPv6 clothes: compatible, mapped, translated, 6to4,
            // Teredo.
            "::/96",
            "::ffff:0:0/96",
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2002::/16",
            "2001::/23",
            "100::/64",
            "100:0:0:1::/64",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private final List<Network> allowed;

    /**
     * @param allowedNetworks what may be reached nevertheless, like {@code 10.1.0.0/16}; empty for nothing
     * @throws IllegalArgumentException if one is no network
     */
    public AddressGuard(List<String> allowedNetworks) {
        this.allowed = networks(allowedNetworks.toArray(String[]::new));
    }

    private static List<Network> networks(String... texts) {
        return List.of(texts).stream().map(Network::parse).toList();
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise)
            throws Exception {
        if (permits(remote)) {
            super.connect(context, remote, local, promise);
        } else {
            promise.tryFailure(new ForbiddenAddressException(remote));
        }
    }

    private boolean permits(SocketAddress remote) {
        return remote instanceof InetSocketAddress address
                && !address.isUnresolved()
                && (isIn(allowed, address) || !isIn(SPECIAL, address));
    }

    private static boolean isIn(List<Network> networks, InetSocketAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
    }
}
