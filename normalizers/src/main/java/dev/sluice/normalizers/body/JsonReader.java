package dev.sluice.normalizers.body;

import dev.sluice.normalizers.MalformedBodyException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads a JSON body of any size in one pass without building a tree: what a {@link Shape} names is kept, the rest is
 * checked and passed over. What is kept is bounded by {@link Outline}'s limits and {@link #ELEMENTS_MAX}.
 */
public final class JsonReader {
    /** A body nested deeper is refused: no provider nests beyond 20, and parsers downstream recurse. */
    public static final int NESTING_MAX = 500;

    /** An array of more kept elements is refused; the largest batches known have about a hundred. */
    public static final int ELEMENTS_MAX = 10_000;

    /** Below it a value cannot be long enough to be worth measuring before it is made a string. */
    private static final int LARGE_BODY_BYTES = 65_536;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private final byte[] json;
    private final String what;
    private final JsonParser parser;

    private JsonReader(byte[] json, String what, JsonParser parser) {
        this.json = json;
        this.what = what;
        this.parser = parser;
    }

    /**
     * Reads a body that has to be one object.
     *
     * @param what names the body in messages: {@code body}, {@code form field payload}
     * @throws MalformedBodyException when it is anything else
     */
    public static Outline readObject(byte[] json, Shape shape, String what) {
        return read(json, shape, what, false).get(0);
    }

    /**
     * Reads a body that is an array of objects, or one object alone.
     *
     * @return the objects in order, {@link Outline#EMPTY} for each element that is none
     * @throws MalformedBodyException when it is anything else, or has more than {@link #ELEMENTS_MAX} elements
     */
    public static List<Outline> readBatch(byte[] json, Shape shape, String what) {
        return read(json, shape, what, true);
    }

    private static List<Outline> read(byte[] json, Shape shape, String what, boolean batch) {
        if (json.length == 0) {
            throw new MalformedBodyException(what + ": empty (expected: JSON)");
        }
        Utf8.requireValid(json, json.length, what);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            return new JsonReader(json, what, parser).readRoot(shape, batch);
        } catch (JacksonException e) {
            throw JsonFault.describe(e, json, what);
        }
    }

    private List<Outline> readRoot(Shape shape, boolean batch) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedBodyException(what + ": only blanks (expected: JSON)");
        }
        List<Outline> outlines;
        if (first == JsonToken.START_OBJECT) {
            outlines = List.of(readFields(shape));
        } else if (batch && first == JsonToken.START_ARRAY) {
            outlines = readElements(shape);
        } else {
            throw new MalformedBodyException(what + ": found " + JsonFault.name(first) + " at line "
                    + parser.currentTokenLocation().getLineNr() + ", column "
                    + parser.currentTokenLocation().getColumnNr()
                    + (batch ? " (expected: a JSON array or object)" : " (expected: a JSON object)"));
        }
        if (parser.nextToken() != null) {
            throw new MalformedBodyException(what + ": found more at line "
                    + parser.currentTokenLocation().getLineNr() + ", column "
                    + parser.currentTokenLocation().getColumnNr() + " (expected: the end after one JSON value)");
        }
        return outlines;
    }

    private Outline readFields(Shape shape) {
        Outline outline = new Outline();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            Shape named = shape.named(name);
            Shape wanted = named == null ? shape.others() : named;
            if (wanted == null) {
                parser.skipChildren();
                continue;
            }
            Object value = readValue(token, wanted);
            if (value == null) {
                outline.remove(name);
            } else if (named != null || outline.hasRoom()) {
                outline.put(name, value);
            }
        }
        return outline;
    }

    private @Nullable Object readValue(JsonToken token, Shape shape) {
        if (token == JsonToken.START_OBJECT && shape.isObject()) {
            return readFields(shape);
        }
        if (token == JsonToken.START_ARRAY && shape.isList()) {
            return readElements(shape);
        }
        if (token.isStructStart() || !shape.keepsScalars()) {
            parser.skipChildren();
            return null;
        }
        return switch (token) {
            case VALUE_STRING -> readText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Outline.NumberText(readText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private List<Outline> readElements(Shape shape) {
        List<Outline> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (elements.size() == ELEMENTS_MAX) {
                throw new MalformedBodyException(
                        what + ": array of more than " + ELEMENTS_MAX + " elements (expected: at most that many)");
            }
            if (token == JsonToken.START_OBJECT) {
                elements.add(readFields(shape));
            } else {
                parser.skipChildren();
                elements.add(Outline.EMPTY);
            }
        }
        return elements;
    }

    private String readText() {
        if (json.length > LARGE_BODY_BYTES) {
            String start =
                    KeptText.startOf(json, (int) parser.currentTokenLocation().getByteOffset());
            if (start != null) {
                return start;
            }
        }
        return KeptText.of(parser.getString());
    }
}
