package dev.sluice.gateway.console.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body as the page shows it.
 *
 * @param pretty indented where it is JSON
 * @param raw as it is; both are cut when they are long
 */
record Shown(String pretty, String raw) {
    private static final int LENGTH_MAX = 100_000;
    private static final JsonMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Shown of(byte[] body) {
        return of(new String(body, UTF_8));
    }

    static Shown of(String text) {
        return new Shown(cut(indented(text)), cut(text));
    }

    /** A notification as it is sent, without what only the API says of it. */
    static String sent(String shownByTheApi) {
        ObjectNode notification = (ObjectNode) INDENTED.readTree(shownByTheApi);
        notification.remove("from");
        notification.remove("active");
        notification.remove("acknowledged");
        return notification.toString();
    }

    private static String indented(String text) {
        if (text.length() > LENGTH_MAX) {
            return text;
        }
        try {
            JsonNode tree = INDENTED.readTree(text);
            return tree.isContainer() ? INDENTED.writeValueAsString(tree) : text;
        } catch (JacksonException noJson) {
            return text;
        }
    }

    private static String cut(String text) {
        return text.length() <= LENGTH_MAX
                ? text
                : text.substring(0, LENGTH_MAX) + "\n… " + text.length() + " characters in all";
    }
}
