package dev.sluice.gateway.rig.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where webhooks go.
 *
 * @param addresses one or several servers that answer for the same path; connections are dealt out in turn
 * @param path the webhook URL's path
 * @param secret what they are signed with
 */
public record Target(List<InetSocketAddress> addresses, String path, String secret) {
    public Target {
        addresses = List.copyOf(addresses);
    }

    /** A path of one server on this machine. */
    public static Target local(int port, String path, String secret) {
        return new Target(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), path, secret);
    }
}
