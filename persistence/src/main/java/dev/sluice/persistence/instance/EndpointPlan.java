package dev.sluice.persistence.instance;

import dev.sluice.persistence.instance.Endpoint.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be done to an instance's endpoints when its callback URLs change. A URL that stays keeps its endpoint; the
 * others are paired in order, so that what is owed to a URL that was replaced follows to the URL that replaced it.
 *
 * @param changed endpoints that stay, with something new
 * @param removed ids of endpoints without a successor
 * @param added callbacks without a predecessor, by their position
 */
record EndpointPlan(List<Endpoint> changed, List<Long> removed, Map<Integer, Callback> added) {
    EndpointPlan {
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        added = Map.copyOf(added);
    }

    /** @param before the live endpoints, in order */
    static EndpointPlan of(List<Endpoint> before, List<Callback> wanted) {
        Map<String, Endpoint> byUrl = new HashMap<>();
        before.forEach(endpoint -> byUrl.putIfAbsent(endpoint.url(), endpoint));
        Deque<Endpoint> orphans = new ArrayDeque<>(before);
        wanted.forEach(callback -> orphans.remove(byUrl.get(callback.url())));

        List<Endpoint> changed = new ArrayList<>();
        Map<Integer, Callback> added = new HashMap<>();
        for (int position = 0; position < wanted.size(); position++) {
            Callback callback = wanted.get(position);
            Endpoint same = byUrl.get(callback.url());
            Endpoint predecessor = same == null ? orphans.poll() : same;
            if (predecessor == null) {
                added.put(position, callback);
            } else {
                Endpoint successor = successor(predecessor, callback, position);
                if (!successor.equals(predecessor)) {
                    changed.add(successor);
                }
            }
        }
        return new EndpointPlan(changed, orphans.stream().map(Endpoint::id).toList(), added);
    }

    private static Endpoint successor(Endpoint predecessor, Callback callback, int position) {
        boolean stillDeactivated =
                predecessor.state() == State.DEACTIVATED && predecessor.url().equals(callback.url());
        if (callback.loop() == null && stillDeactivated) {
            return new Endpoint(
                    predecessor.id(),
                    callback.url(),
                    position,
                    State.DEACTIVATED,
                    predecessor.reason(),
                    predecessor.breaker(),
                    predecessor.failurePolicy(),
                    predecessor.urlNumber());
        }
        return new Endpoint(
                predecessor.id(),
                callback.url(),
                position,
                stateOf(callback),
                callback.loop(),
                predecessor.breaker(),
                predecessor.failurePolicy(),
                predecessor.urlNumber());
    }

    /** The state in which a callback that is new starts. */
    static State stateOf(Callback callback) {
        return callback.loop() == null ? State.ACTIVE : State.LOOPED;
    }
}
