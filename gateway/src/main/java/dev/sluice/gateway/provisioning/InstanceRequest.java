package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.request.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request says about an instance; null is what it does not mention.
 *
 * @param element the element's key, or its number in the original
 * @param name without HTML
 * @param tags without HTML
 * @param configuration key to value as text; an empty value is one that shall not be set
 * @param code {@code providerData.code}: what a user's consent brought
 */
public record InstanceRequest(
        @Nullable String element,
        @Nullable String name,
        @Nullable List<String> tags,
        @Nullable Map<String, String> configuration,
        @Nullable String code) {
    private static final String SIGNATURE_KEY = "signatureKey";
    private static final int TAGS_MAX = 100;
    private static final int KEYS_MAX = 200;
    private static final int CODE_LENGTH_MAX = 4_000;

    /**
     * Reads a request's body.
     *
     * @throws dev.sluice.gateway.error.BadRequestException naming the field that is not as expected
     */
    public static InstanceRequest of(ObjectNode body) {
        return new InstanceRequest(
                given(body, "element").map(InstanceRequest::element).orElse(null),
                given(body, "name").map(name -> PlainText.of("name", name)).orElse(null),
                given(body, "tags").map(InstanceRequest::tags).orElse(null),
                given(body, "configuration").map(InstanceRequest::values).orElse(null),
                given(body, "providerData").flatMap(InstanceRequest::code).orElse(null));
    }

    /** The same without a code: nothing is asked of the provider. */
    public InstanceRequest withoutCode() {
        return new InstanceRequest(element, name, tags, configuration, null);
    }

    /** What changes one configuration key. */
    public static InstanceRequest ofSetting(String key, String value) {
        return new InstanceRequest(null, null, null, Map.of(key, value), null);
    }

    /** The field {@code signatureKey} of a rotation; null when another is to be made. */
    public static @Nullable String signatureKey(ObjectNode body) {
        String key = given(body, SIGNATURE_KEY).map(InstanceRequest::value).orElse(null);
        if (key != null && (key.isBlank() || key.equals(Draft.MASK))) {
            throw new BadRequestException(SIGNATURE_KEY, "none", "the new key, or no such field for a random one");
        }
        return key;
    }

    private static Optional<JsonNode> given(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field)).filter(value -> !value.isNull());
    }

    private static String element(JsonNode element) {
        return given(element, "key")
                .or(() -> given(element, "id"))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asString)
                .orElseThrow(() -> new BadRequestException("element.key", "missing", "an element's key"));
    }

    private static List<String> tags(JsonNode tags) {
        if (!tags.isArray() || tags.size() > TAGS_MAX) {
            String found = tags.isArray() ? tags.size() + " tags" : "no array";
            throw new BadRequestException("tags", found, "an array of at most " + TAGS_MAX);
        }
        List<String> read = new ArrayList<>();
        tags.forEach(tag -> read.add(PlainText.of("tags[" + read.size() + "]", tag)));
        return read;
    }

    private static Map<String, String> values(JsonNode configuration) {
        if (!configuration.isObject() || configuration.size() > KEYS_MAX) {
            String found = configuration.isObject() ? configuration.size() + " keys" : "no object";
            throw new BadRequestException("configuration", found, "an object of at most " + KEYS_MAX + " keys");
        }
        Map<String, String> values = new LinkedHashMap<>();
        configuration.properties().forEach(each -> values.put(each.getKey(), value(each.getValue())));
        return values;
    }

    /** Clients send texts, booleans, numbers, or an object where its JSON text is meant. */
    public static String value(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isContainer() ? value.toString() : value.asString();
    }

    private static Optional<String> code(JsonNode providerData) {
        return given(providerData, "code")
                .map(code -> {
                    if (!code.isString() || code.asString().length() > CODE_LENGTH_MAX) {
                        throw new BadRequestException(
                                "providerData.code",
                                code.isString() ? code.asString().length() + " characters" : "no text",
                                "text of at most " + CODE_LENGTH_MAX + " characters");
                    }
                    return code.asString().strip();
                })
                .filter(code -> !code.isEmpty());
    }

    /** Without code and configuration, which may be secret. */
    @Override
    public String toString() {
        return "InstanceRequest[element=" + element + ", name=" + name + ", code=" + (code == null ? "none" : "given")
                + "]";
    }
}
