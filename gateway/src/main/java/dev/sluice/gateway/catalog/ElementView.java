package dev.sluice.gateway.catalog;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.ElementDescriptor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An element as the original shows it. */
public final class ElementView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ElementView() {}

    /** The element as it stands in an instance, without what can be configured. */
    public static ObjectNode brief(ElementDescriptor element) {
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

    /** The element with what an instance of it can be configured with. */
    static ObjectNode whole(Element element) {
        ObjectNode view = brief(element.descriptor());
        view.set("configuration", FieldView.all(element));
        return view;
    }

    /** What the element can do about events: take webhooks. None polls. */
    static ObjectNode metadata(Element element) {
        ObjectNode view = JSON.createObjectNode();
        view.put("id", element.descriptor().id());
        view.put("key", element.descriptor().key());
        view.put("name", element.descriptor().name());
        ObjectNode events = view.putObject("events");
        events.put("supported", true);
        events.putArray("methods").add("webhook");
        return view;
    }
}
