package dev.sluice.gateway.notifications;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.endpoint.QueueRepository;
import dev.sluice.persistence.instance.Callback;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import dev.sluice.persistence.notification.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes subscriptions away. A subscription is made by a callback URL in its instance's configuration: were the URL left
 * there, the next change of anything about the instance would bring it back.
 */
final class Unsubscriber {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final InstanceRepository instances;
    private final QueueRepository queue;

    Unsubscriber(InstanceRepository instances, QueueRepository queue) {
        this.instances = instances;
        this.queue = queue;
    }

    /** The instance without it; empty when it has no such subscription any more. */
    Mono<Instance> remove(long organizationId, Subscription subscription) {
        return instances
                .update(organizationId, subscription.instanceId(), before -> without(before, subscription.id()))
                // What waits for another attempt is looked at sooner so, to be ended.
                .flatMap(after -> queue.park(subscription.id()).thenReturn(after));
    }

    private static InstanceSettings without(Instance before, long endpointId) {
        List<Endpoint> left = before.endpoints().stream()
                .filter(endpoint -> endpoint.id() != endpointId)
                .toList();
        Map<String, String> configuration = new HashMap<>(before.configuration());
        if (left.isEmpty()) {
            configuration.remove(SettingKeys.CALLBACK_URL);
        } else {
            configuration.put(SettingKeys.CALLBACK_URL, value(left));
        }
        return new InstanceSettings(
                before.name(),
                before.tags(),
                configuration,
                before.secretKeys(),
                left.stream().map(Unsubscriber::callback).toList());
    }

    private static String value(List<Endpoint> endpoints) {
        return endpoints.size() == 1
                ? endpoints.get(0).url()
                : JSON.writeValueAsString(endpoints.stream().map(Endpoint::url).toList());
    }

    private static Callback callback(Endpoint endpoint) {
        return new Callback(endpoint.url(), endpoint.state() == Endpoint.State.LOOPED ? endpoint.reason() : null);
    }
}
