package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard STRICT = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "100.100.100.200",
                "168.63.129.16",
                "169.254.169.254",
                "192.0.0.192",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:0:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "64:ff9b:1:ffff:a9fe:a9fe::",
                "100::1",
                "100:0:0:1::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "3fff:fff:ffff::1",
                "5f00::1",
                "5f00:ffff::1",
                "fd00:ec2::254",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesSpecialAddresses(String address) {
        assertThat(refused(STRICT, address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "168.63.129.17",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "223.255.255.255",
                "2606:4700::1",
                "2a00:1450::1",
                "64:ff9b:2::1",
                "2001:200::1",
                "3fff:1000::1"
            })
    void letsPublicAddressesThrough(String address) {
        assertThat(refused(STRICT, address)).isFalse();
    }

    @Test
    void letsAllowedNetworksThroughAndNoOther() {
        AddressGuard guard = new AddressGuard(List.of("127.0.0.0/8", "::1", "10.1.0.0/16"));

        assertThat(refused(guard, "127.0.0.1")).isFalse();
        assertThat(refused(guard, "::1")).isFalse();
        assertThat(refused(guard, "10.1.2.3")).isFalse();
        assertThat(refused(guard, "10.2.0.1")).isTrue();
        assertThat(refused(guard, "::2")).isTrue();
    }

    @Test
    void refusesANameThatIsNotResolvedYet() {
        assertThat(refused(STRICT, InetSocketAddress.createUnresolved("example.com", 80)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/-1", "::1/129"})
    void refusesToBeConfiguredWithWhatIsNoNetwork(String network) {
        assertThatThrownBy(() -> new AddressGuard(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    private static boolean refused(AddressGuard guard, String address) {
        try {
            return refused(guard, new InetSocketAddress(InetAddress.getByName(address), 80));
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static boolean refused(AddressGuard guard, InetSocketAddress address) {
        return new EmbeddedChannel(guard).connect(address).cause() instanceof ForbiddenAddressException;
    }
}
