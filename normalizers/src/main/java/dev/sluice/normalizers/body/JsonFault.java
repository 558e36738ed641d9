package dev.sluice.normalizers.body;

import dev.sluice.normalizers.MalformedBodyException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Turns the parser's errors into ours: where and why, without the body's content. */
final class JsonFault {
    private JsonFault() {}

    static MalformedBodyException describe(JacksonException fault, byte[] json, String what) {
        String where = where(fault, json);
        if (fault instanceof StreamConstraintsException) {
            return new MalformedBodyException(what + ": nested too deeply or a name too long, at " + where
                    + " (expected: at most " + JsonReader.NESTING_MAX + " levels, names of at most 50000 bytes)");
        }
        return new MalformedBodyException(what + ": not JSON at " + where + ": " + why(fault.getOriginalMessage()));
    }

    static String name(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    private static String where(JacksonException fault, byte[] json) {
        TokenStreamLocation location = fault.getLocation();
        return location == null || location.getLineNr() < 1
                ? Position.of(json, json.length).toString()
                : new Position(location.getLineNr(), location.getColumnNr()).toString();
    }

    /** The parser's words up to where they begin to quote the body or name its own classes. */
    private static String why(String message) {
        int source = message.indexOf(" (start marker");
        String withoutSource = source < 0 ? message : message.substring(0, source) + ")";
        String firstLine = withoutSource.lines().findFirst().orElse("");
        return firstLine
                .replaceAll("^Unrecognized token '.*?': was", "found an unknown word, was")
                .replaceAll("[:;,]? ?(use|enable) `.*$", "");
    }
}
