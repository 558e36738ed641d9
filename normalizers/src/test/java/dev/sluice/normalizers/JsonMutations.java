package dev.sluice.normalizers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random changes of a body: some leave it JSON, some do not. */
final class JsonMutations {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> STRANGE_VALUES = List.of(
            "null",
            "true",
            "-0",
            "1e400",
            "123456789012345678901234567890",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"9999-99-99T99:99:99Z\"",
            "[]",
            "{}",
            "[[],{},null]",
            "{\"id\":{\"id\":null}}",
            "[{\"id\":[]}]");

    private static final List<String> NAMES =
            List.of("id", "action", "type", "data", "payload", "repository", "source", "trigger", "seq_no", "", "x");

    private final Random random;

    JsonMutations(long seed) {
        this.random = new Random(seed);
    }

    /** The same JSON with one value somewhere replaced or removed, or one field added; always valid JSON. */
    byte[] ofStructure(byte[] json) {
        JsonNode root = MAPPER.readTree(json);
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !containers.isEmpty(); changes--) {
            change(containers.get(random.nextInt(containers.size())));
        }
        return MAPPER.writeValueAsBytes(root);
    }

    /** The same bytes with some flipped, removed or repeated; mostly no JSON any more. */
    byte[] ofBytes(byte[] body) {
        byte[] changed = body.clone();
        for (int flips = random.nextInt(4); flips > 0 && changed.length > 0; flips--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        int cut = random.nextInt(changed.length + 1);
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(changed, cut);
            case 1 -> Arrays.copyOfRange(changed, cut, changed.length);
            default -> changed;
        };
    }

    /** Some JSON value that has nothing to do with the provider. */
    byte[] anyJson() {
        return any(0).getBytes(StandardCharsets.UTF_8);
    }

    private String any(int depth) {
        if (depth > 4 || random.nextInt(3) == 0) {
            return STRANGE_VALUES.get(random.nextInt(STRANGE_VALUES.size()));
        }
        List<String> parts = new ArrayList<>();
        boolean object = random.nextBoolean();
        for (int i = random.nextInt(5); i > 0; i--) {
            parts.add((object ? "\"" + NAMES.get(random.nextInt(NAMES.size())) + "\":" : "") + any(depth + 1));
        }
        return object ? "{" + String.join(",", parts) + "}" : "[" + String.join(",", parts) + "]";
    }

    private void change(JsonNode container) {
        JsonNode value = MAPPER.readTree(STRANGE_VALUES.get(random.nextInt(STRANGE_VALUES.size())));
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.isEmpty() || random.nextInt(8) == 0 ? "added" : names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (container instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), value);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
