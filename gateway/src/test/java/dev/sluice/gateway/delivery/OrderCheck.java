package dev.sluice.gateway.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether a callback was called in order: of each object nothing came before all that had been answered before it was taken.
 */
final class OrderCheck {
    /**
     * One call of the callback.
     *
     * @param id of the notification
     * @param taken whether it answered 2xx
     */
    record Call(String object, String id, boolean taken) {}

    private OrderCheck() {}

    /**
     * Which calls came too early, in words; and what was never taken. Repeats of what was taken are allowed.
     *
     * @param sent each object's notifications in the order in which their webhooks were answered
     * @param calls in the order in which they came
     */
    static List<String> violations(Map<String, List<String>> sent, List<Call> calls) {
        List<String> violations = new ArrayList<>();
        Map<String, Set<String>> taken = new HashMap<>();
        for (Call call : calls) {
            List<String> line = sent.getOrDefault(call.object(), List.of());
            Set<String> done = taken.computeIfAbsent(call.object(), first -> new HashSet<>());
            line.stream()
                    .takeWhile(id -> !id.equals(call.id()))
                    .filter(id -> !done.contains(id))
                    .forEach(id -> violations.add(call.id() + " of " + call.object() + " came before " + id));
            if (call.taken()) {
                done.add(call.id());
            }
        }
        sent.forEach((object, line) -> line.stream()
                .filter(id ->
                        !Objects.requireNonNullElse(taken.get(object), Set.of()).contains(id))
                .forEach(id -> violations.add(id + " of " + object + " was not taken")));
        return violations;
    }
}
