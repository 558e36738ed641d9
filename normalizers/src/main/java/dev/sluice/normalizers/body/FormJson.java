package dev.sluice.normalizers.body;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Forms as the JSON objects they mean. No field is lost: one that fits nowhere stays under its full name. */
public final class FormJson {
    /** Names with more brackets stay as they are. */
    private static final int BRACKETS_MAX = 16;

    private static final JsonFactory JSON = new JsonFactory();

    private FormJson() {}

    /** The fields as an object of texts; a name given more than once holds an array. */
    public static byte[] flat(FormFields fields) {
        Map<String, Object> root = new LinkedHashMap<>();
        fields.all().forEach(field -> add(root, field.name(), field.value()));
        return write(root);
    }

    /**
     * The fields as nested objects by the brackets in their names: {@code data[merges][FNAME]}. Objects whose names are
     * the numbers from 0 on become arrays.
     */
    public static byte[] nested(FormFields fields) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (FormFields.Field field : fields.all()) {
            List<String> path = path(field.name());
            Map<String, Object> parent = descend(root, path);
            if (parent == null || parent.get(path.get(path.size() - 1)) instanceof Map) {
                add(root, field.name(), field.value());
            } else {
                add(parent, path.get(path.size() - 1), field.value());
            }
        }
        return write(root);
    }

    /** The parts of {@code a[b][c]}; of a name that is not built like that, the name itself. */
    private static List<String> path(String name) {
        int open = name.indexOf('[');
        if (open <= 0 || !name.endsWith("]")) {
            return List.of(name);
        }
        List<String> path = new ArrayList<>(List.of(name.substring(0, open)));
        for (String part : name.substring(open + 1, name.length() - 1).split("\\]\\[", -1)) {
            if (part.indexOf('[') >= 0 || part.indexOf(']') >= 0 || path.size() == BRACKETS_MAX) {
                return List.of(name);
            }
            path.add(part);
        }
        return path;
    }

    /** The object that the path's last part belongs to, or null when a text stands in the way. */
    @SuppressWarnings("unchecked") // Only this class puts maps into the map.
    private static @Nullable Map<String, Object> descend(Map<String, Object> root, List<String> path) {
        Map<String, Object> parent = root;
        for (String part : path.subList(0, path.size() - 1)) {
            Object child = parent.computeIfAbsent(part, absent -> new LinkedHashMap<String, Object>());
            if (!(child instanceof Map)) {
                return null;
            }
            parent = (Map<String, Object>) child;
        }
        return parent;
    }

    @SuppressWarnings("unchecked") // Only this class puts lists into the map.
    private static void add(Map<String, Object> parent, String name, String value) {
        Object present = parent.putIfAbsent(name, value);
        if (present instanceof List) {
            ((List<Object>) present).add(value);
        } else if (present != null) {
            parent.put(name, new ArrayList<>(List.of(present, value)));
        }
    }

    private static byte[] write(Map<String, Object> root) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
            writeObject(generator, root);
        }
        return json.toByteArray();
    }

    private static void writeObject(JsonGenerator generator, Map<?, ?> object) {
        generator.writeStartObject();
        object.forEach((name, value) -> {
            generator.writeName(String.valueOf(name));
            writeValue(generator, value);
        });
        generator.writeEndObject();
    }

    private static void writeValue(JsonGenerator generator, Object value) {
        if (value instanceof Map<?, ?> map && isArray(map)) {
            writeArray(generator, map.values());
        } else if (value instanceof Map<?, ?> map) {
            writeObject(generator, map);
        } else if (value instanceof List<?> list) {
            writeArray(generator, list);
        } else {
            generator.writeString(String.valueOf(value));
        }
    }

    private static void writeArray(JsonGenerator generator, Collection<?> values) {
        generator.writeStartArray();
        values.forEach(value -> writeValue(generator, value));
        generator.writeEndArray();
    }

    private static boolean isArray(Map<?, ?> map) {
        int index = 0;
        for (Object name : map.keySet()) {
            if (!String.valueOf(index++).equals(name)) {
                return false;
            }
        }
        return !map.isEmpty();
    }
}
