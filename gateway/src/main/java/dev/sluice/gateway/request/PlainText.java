package dev.sluice.gateway.request;

import dev.sluice.gateway.error.BadRequestException;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Names, tags and the like: one line of text that other people's browsers will show, so without HTML. */
public final class PlainText {
    private static final int LENGTH_MAX = 255;

    /** Bounds the time it takes to find tags in a text that is made of nothing but their beginnings. */
    private static final int GIVEN_LENGTH_MAX = 4_000;

    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z!][^>]*>");
    private static final String EXPECTED = "text of 1.." + LENGTH_MAX + " characters";

    private PlainText() {}

    /**
     * The text of 1 to 255 characters in this field, without tags and without surrounding blanks.
     *
     * @param field its name as the sender knows it
     * @throws BadRequestException when it is no text, too long, nothing but HTML, or holds a control character
     */
    public static String of(String field, JsonNode value) {
        if (!value.isString()) {
            throw new BadRequestException(field, "no text", EXPECTED);
        }
        return of(field, value.asString());
    }

    /** The same of a text, such as a query parameter. */
    public static String of(String field, String given) {
        if (given.length() > GIVEN_LENGTH_MAX) {
            throw new BadRequestException(field, given.length() + " characters", "1.." + LENGTH_MAX);
        }
        String text = withoutTags(given).strip();
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            throw new BadRequestException(field, text.length() + " characters without HTML", "1.." + LENGTH_MAX);
        }
        requireNoControl(field, text);
        return text;
    }

    /** Again and again: what remains of a tag within a tag may be one. */
    private static String withoutTags(String text) {
        String before;
        String after = text;
        do {
            before = after;
            after = TAG.matcher(before).replaceAll("");
        } while (after.length() < before.length());
        return after;
    }

    private static void requireNoControl(String field, String text) {
        OptionalInt control = IntStream.range(0, text.length())
                .filter(i -> Character.isISOControl(text.charAt(i)))
                .findFirst();
        if (control.isPresent()) {
            throw new BadRequestException(
                    field, "a control character in place " + (control.getAsInt() + 1), "one line of text");
        }
    }
}
