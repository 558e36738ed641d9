package dev.sluice.normalizers.body;

import dev.sluice.normalizers.MalformedBodyException;

/** What a body says it is. */
public final class MediaTypes {
    private MediaTypes() {}

    /** Whether it is JSON: {@code application/json}, {@code text/json} or anything ending in {@code +json}. */
    public static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.equals("text/json") || mediaType.endsWith("+json");
    }

    /** Whether it is a form. */
    public static boolean isForm(String mediaType) {
        return mediaType.equals(FormBody.MEDIA_TYPE);
    }

    /** The error for a body that is neither of what the element takes. */
    public static MalformedBodyException unexpected(String mediaType, String expected) {
        return new MalformedBodyException(
                "Content-Type: " + (mediaType.isEmpty() ? "none" : mediaType) + " (expected: " + expected + ")");
    }
}
