package dev.sluice.persistence.instance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One customer's configured connection to one element.
 *
 * @param id random, 1 to 2^53 - 1: safe in JavaScript, not to be guessed
 * @param configuration key to value, secrets in clear; keys that are not set are not there
 * @param secretKeys those keys of the configuration that are secret
 * @param token what a client names the instance by, instead of its id; secret
 * @param disabled its webhooks are stored and not delivered
 * @param marks what its owner has to do; never stops intake or delivery
 * @param endpoints in the order of the callback URLs, without deleted ones
 */
public record Instance(
        long id,
        long organizationId,
        long userId,
        String elementKey,
        String name,
        List<String> tags,
        Map<String, String> configuration,
        Set<String> secretKeys,
        String token,
        boolean disabled,
        Set<String> marks,
        List<Endpoint> endpoints,
        Instant createdAt,
        Instant updatedAt) {
    public Instance {
        tags = List.copyOf(tags);
        configuration = Map.copyOf(configuration);
        secretKeys = Set.copyOf(secretKeys);
        marks = Set.copyOf(marks);
        endpoints = List.copyOf(endpoints);
    }

    /** The endpoint of that id; empty when it is another instance's or deleted. */
    public Optional<Endpoint> endpoint(long endpointId) {
        return endpoints.stream().filter(each -> each.id() == endpointId).findFirst();
    }

    /** The ids of those endpoints that get notifications, in order. */
    public List<Long> activeEndpointIds() {
        return endpoints.stream().filter(Endpoint::active).map(Endpoint::id).toList();
    }

    /** The ids of those endpoints that events are owed to, in order: the active ones, and those that may be again. */
    public List<Long> owedEndpointIds() {
        return endpoints.stream().filter(Endpoint::isOwed).map(Endpoint::id).toList();
    }

    /** Names the instance without its configuration and token, which are secret. */
    @Override
    public String toString() {
        return "Instance[id=" + id + ", elementKey=" + elementKey + ", organizationId=" + organizationId + "]";
    }
}
