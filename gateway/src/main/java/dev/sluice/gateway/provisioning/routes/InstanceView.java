package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.catalog.ElementView;
import dev.sluice.gateway.provisioning.Warnings;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.instance.Instance;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An instance as the original shows it, with what we add: {@code encodedId}, {@code webhookUrl}, {@code endpoints}, {@code warnings}. */
final class InstanceView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private InstanceView() {}

    static ObjectNode of(Instance instance, Element element, Account owner, String webhookUrl) {
        ObjectNode view = JSON.createObjectNode();
        view.put("id", instance.id());
        view.put("name", instance.name());
        view.put(
                "createdDate",
                instance.createdAt().truncatedTo(ChronoUnit.MILLIS).toString());
        view.put(
                "updatedDate",
                instance.updatedAt().truncatedTo(ChronoUnit.MILLIS).toString());
        view.put("token", instance.token());
        view.set("element", ElementView.brief(element.descriptor()));
        view.put("elementId", element.descriptor().id());
        view.set("tags", texts(instance.tags()));
        view.putArray("provisionInteractions");
        view.put("valid", true);
        view.put("disabled", instance.disabled());
        view.put("maxCacheSize", 0);
        view.put("cacheTimeToLive", 0);
        view.set("configuration", configuration(instance, element));
        view.put("eventsEnabled", "true".equals(instance.configuration().get(SettingKeys.EVENTS_ENABLED)));
        view.put("traceLoggingEnabled", false);
        view.put("cachingEnabled", false);
        view.put("externalAuthentication", "none");
        view.set("user", user(owner));
        view.put("encodedId", WebhookAddress.encodedId(instance.id()));
        view.put("webhookUrl", webhookUrl);
        view.set("endpoints", endpoints(instance));
        view.set("warnings", texts(Warnings.of(instance, element)));
        return view;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static ArrayNode endpoints(Instance instance) {
        ArrayNode view = JSON.createArrayNode();
        instance.endpoints()
                .forEach(endpoint -> view.addObject()
                        .put("id", endpoint.id())
                        .put("url", endpoint.url())
                        .put("state", endpoint.state().name().toLowerCase(Locale.ROOT))
                        .put("breaker", endpoint.breaker().name().toLowerCase(Locale.ROOT))
                        .put("reason", endpoint.reason()));
        return view;
    }

    private static ObjectNode configuration(Instance instance, Element element) {
        ObjectNode view = JSON.createObjectNode();
        SettingView.all(instance, element).forEach(each -> view.put(each.field().key(), each.value()));
        return view;
    }

    private static ObjectNode user(Account owner) {
        ObjectNode view = JSON.createObjectNode();
        view.put("id", owner.userId());
        view.put("emailAddress", owner.emailAddress());
        view.put("firstName", owner.firstName());
        view.put("lastName", owner.lastName());
        return view;
    }
}
