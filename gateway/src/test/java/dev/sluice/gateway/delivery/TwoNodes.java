package dev.sluice.gateway.delivery;

import java.util.Map;

/** Two nodes on one database, which run alike. */
final class TwoNodes implements AutoCloseable {
    final DeliveryRig one;
    final DeliveryRig another;

    /** @param settings of both, beyond the defaults and an allowed loopback */
    TwoNodes(Map<String, Object> settings) {
        this.one = new DeliveryRig(settings);
        this.another = one.anotherNode(settings);
    }

    @Override
    public void close() {
        another.close();
        one.close();
    }
}
