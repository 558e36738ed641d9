package dev.sluice.gateway.provisioning;

import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.ElementDescriptor;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.instance.Instance;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An instance as the original shows it, with what we add: {@code encodedId}, {@code webhookUrl}, {@code warnings}. */
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
        view.set("element", element(element.descriptor()));
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
        view.set("warnings", texts(Warnings.of(instance, element)));
        return view;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static ObjectNode element(ElementDescriptor element) {
        ObjectNode view = JSON.createObjectNode();
        view.put("id", element.id());
        view.put("name", element.name());
        view.put("hookName", element.name());
        view.put("key", element.key());
        view.put("description", element.description());
        view.put("image", "");
        view.put("logo", element.key());
        view.put("active", true);
        view.put("deleted", false);
        view.put("typeOauth", false);
        view.put("trialAccount", false);
        view.putArray("resources");
        view.put("transformationsEnabled", false);
        view.put("bulkDownloadEnabled", false);
        view.put("bulkUploadEnabled", false);
        view.put("cloneable", true);
        view.put("extendable", false);
        view.put("beta", false);
        view.putObject("authentication").put("type", element.authentication());
        view.put("extended", false);
        view.put("hub", element.hub());
        view.put("protocolType", "http");
        view.putArray("parameters");
        view.put("private", false);
        return view;
    }

    /** All values as text: what is set, else the default, else null. Secrets are masked. */
    private static ObjectNode configuration(Instance instance, Element element) {
        ObjectNode view = JSON.createObjectNode();
        for (ConfigurationField field : element.configuration()) {
            String value = shown(instance, field.key());
            view.put(field.key(), value == null ? field.defaultValue() : value);
        }
        for (String key : new TreeSet<>(instance.configuration().keySet())) {
            if (!view.has(key)) {
                view.put(key, shown(instance, key));
            }
        }
        return view;
    }

    private static @Nullable String shown(Instance instance, String key) {
        return instance.secretKeys().contains(key)
                ? Draft.MASK
                : instance.configuration().get(key);
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
