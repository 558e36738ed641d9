package dev.sluice.normalizers.api;

import tools.jackson.databind.ObjectMapper;

/** Request bodies as JSON. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Maps, lists, texts and booleans as one JSON object. */
    public static String object(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
