package dev.sluice.gateway.delivery;

import java.util.HashMap;
import java.util.Map;

/** Two nodes on one database, which run alike. */
final class TwoNodes implements AutoCloseable {
    final DeliveryRig one;
    final DeliveryRig another;

    /** @param settings of both, beyond the defaults and an allowed loopback */
    TwoNodes(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("sluice.delivery.allowed-networks", "127.0.0.0/8");
        this.one = new DeliveryRig(all);
        this.another = one.anotherNode(all);
    }

    @Override
    public void close() {
        another.close();
        one.close();
    }
}
