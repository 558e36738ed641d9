package dev.sluice.gateway.delivery.egress;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;

/** A range of addresses, as in {@code 10.0.0.0/8} or {@code fc00::/7}. */
public final class Network {
    private final byte[] address;
    private final int prefixBits;

    private Network(byte[] address, int prefixBits) {
        this.address = address;
        this.prefixBits = prefixBits;
    }

    /**
     * Reads an address, or an address and a number of leading bits.
     *
     * @throws IllegalArgumentException if it is neither, or has bits set beyond its prefix
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw malformed(text);
        }
        Network network = new Network(address, slash < 0 ? address.length * Byte.SIZE : prefix(text, slash));
        if (network.prefixBits > address.length * Byte.SIZE || network.hasHostBits()) {
            throw malformed(text);
        }
        return network;
    }

    private static int prefix(String text, int slash) {
        try {
            return Integer.parseUnsignedInt(text.substring(slash + 1));
        } catch (NumberFormatException noNumber) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("network: '" + text + "' (expected: like 10.0.0.0/8 or fc00::/7)");
    }

    private boolean hasHostBits() {
        for (int bit = prefixBits; bit < address.length * Byte.SIZE; bit++) {
            if ((address[bit / Byte.SIZE] & mask(bit)) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int mask(int bit) {
        return 0x80 >>> (bit % Byte.SIZE);
    }

    /** Whether the address is in this range; one of the other family never is. */
    public boolean contains(InetAddress candidate) {
        byte[] other = candidate.getAddress();
        if (other.length != address.length) {
            return false;
        }
        int whole = prefixBits / Byte.SIZE;
        int rest = prefixBits % Byte.SIZE;
        return Arrays.equals(address, 0, whole, other, 0, whole)
                && (rest == 0 || ((address[whole] ^ other[whole]) & (0xFF00 >>> rest) & 0xFF) == 0);
    }
}
