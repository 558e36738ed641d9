package dev.sluice.gateway.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Holds bodies and single values against their schemas. */
final class Content {
    private static final String JSON = "application/json";
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Schemas schemas;

    Content(Schemas schemas) {
        this.schemas = schemas;
    }

    /**
     * What is wrong with a JSON body.
     *
     * @param described has {@code content}, or a body is not expected
     */
    List<String> problems(Part described, String body) {
        Optional<Part> content = described.child("content");
        if (content.isEmpty()) {
            return body.isEmpty() ? List.of() : List.of("body: one, where none is documented");
        }
        return content.get().child(JSON).map(json -> json(json, body)).orElseGet(List::of);
    }

    private List<String> json(Part mediaType, String body) {
        try {
            return schemas.problems(mediaType.get("schema"), MAPPER.readTree(body)).stream()
                    .map(problem -> "body: " + problem)
                    .toList();
        } catch (JacksonException broken) {
            return List.of("body: no JSON, " + broken.getOriginalMessage());
        }
    }

    /** What is wrong with a parameter's or header's values. */
    List<String> problems(String name, Part described, List<String> values) {
        Part schema = described.get("schema");
        JsonNode value = schema.text("type").equals("array") ? array(schema, values) : single(schema, values.get(0));
        return schemas.problems(schema, value).stream()
                .map(problem -> name + ": " + problem)
                .toList();
    }

    private static ArrayNode array(Part schema, List<String> values) {
        ArrayNode array = MAPPER.createArrayNode();
        values.forEach(value -> array.add(single(schema.get("items"), value)));
        return array;
    }

    /** A text means what its schema's type says, and stays a text where it cannot. */
    private static JsonNode single(Part schema, String value) {
        return switch (schema.text("type")) {
            case "integer", "number", "boolean" -> literal(value);
            default -> MAPPER.getNodeFactory().stringNode(value);
        };
    }

    private static JsonNode literal(String value) {
        try {
            return MAPPER.readTree(value);
        } catch (JacksonException none) {
            return MAPPER.getNodeFactory().stringNode(value);
        }
    }

    /** Fails with all of them, if there are any. */
    void failOn(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            List<String> lines = new ArrayList<>(problems);
            lines.add(0, what + ", not as docs/openapi.yaml says:");
            throw new AssertionError(String.join("\n  ", lines));
        }
    }
}
