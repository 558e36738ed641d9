package dev.sluice.gateway.console.instance;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import java.util.List;

/**
 * An instance as the cards and its own page show it.
 *
 * @param endpoints how many it has
 * @param state in one word
 * @param tone {@code good}, {@code warn}, {@code bad} or empty: the colour of the word
 */
record InstanceCard(
        long id,
        String name,
        String elementKey,
        String elementName,
        List<String> tags,
        boolean disabled,
        int endpoints,
        String state,
        String tone,
        String created) {
    static InstanceCard of(Instance instance, Element element) {
        String state = state(instance);
        return new InstanceCard(
                instance.id(),
                instance.name(),
                instance.elementKey(),
                element.descriptor().name(),
                instance.tags(),
                instance.disabled(),
                instance.endpoints().size(),
                state,
                tone(state),
                instance.createdAt().toString());
    }

    private static String state(Instance instance) {
        if (instance.disabled()) {
            return "disabled";
        }
        if (!instance.marks().isEmpty()
                || instance.endpoints().stream().anyMatch(each -> each.state() != Endpoint.State.ACTIVE)) {
            return "needs attention";
        }
        if (instance.endpoints().stream().anyMatch(each -> each.breaker() != Endpoint.Breaker.CLOSED)) {
            return "callback failing";
        }
        boolean notifies = "true".equals(instance.configuration().get(SettingKeys.EVENTS_ENABLED));
        return notifies && !instance.endpoints().isEmpty() ? "active" : "stores only";
    }

    private static String tone(String state) {
        return switch (state) {
            case "active" -> "good";
            case "needs attention" -> "bad";
            case "callback failing" -> "warn";
            default -> "";
        };
    }
}
