package dev.sluice.gateway.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.ConfigurationField.Requirement;
import dev.sluice.normalizers.Element;
import java.util.zip.CRC32;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A configuration field as the original shows it. This is what a form is made of. */
public final class FieldView {
    private static final JsonMapper JSON = JsonMapper.shared();

    private FieldView() {}

    /** The number of a configuration key, the same in every release and on every node: the original's clients name it so. */
    public static long id(String key) {
        CRC32 checksum = new CRC32();
        checksum.update(key.getBytes(UTF_8));
        return checksum.getValue();
    }

    /**
     * One field.
     *
     * @param place in the form, from 0
     */
    public static ObjectNode of(ConfigurationField field, int place) {
        ObjectNode view = JSON.createObjectNode();
        view.put("id", id(field.key()));
        view.put("name", field.label());
        view.put("key", field.key());
        view.put("description", field.help());
        view.put("defaultValue", field.defaultValue());
        view.put("resellerConfig", false);
        view.put("companyConfig", false);
        view.put("active", true);
        view.put("internal", false);
        view.put("groupControl", false);
        view.put("displayOrder", place);
        view.put("type", field.type().name());
        view.put("hideFromConsole", field.hidden());
        view.put("required", field.requirement() == Requirement.REQUIRED);
        view.put("requiredWithCode", field.requirement() == Requirement.WITH_OAUTH_CODE);
        view.put("secret", field.secret());
        return view;
    }

    /** All fields of an element in the order of its form. */
    static ArrayNode all(Element element) {
        ArrayNode views = JSON.createArrayNode();
        element.configuration().forEach(field -> views.add(of(field, views.size())));
        return views;
    }
}
