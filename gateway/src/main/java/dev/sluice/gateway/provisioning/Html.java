package dev.sluice.gateway.provisioning;

import java.util.regex.Pattern;

/** Names and tags are text that other people's browsers will show. */
final class Html {
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z!][^>]*>");

    private Html() {}

    /** The text without tags and without surrounding blanks. */
    static String stripped(String text) {
        return TAG.matcher(text).replaceAll("").strip();
    }
}
