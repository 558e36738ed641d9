package dev.sluice.gateway.notifications;

import dev.sluice.gateway.error.BadRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads {@code field='value' and field='value' …}. A quote within a value is doubled. Of what is wrong, it shows a word at
 * most: a URL may hold a secret.
 */
final class WhereClause {
    private static final int LENGTH_MAX = 4_000;
    private static final int SHOWN_MAX = 20;

    private final String text;
    private int at;

    /** @param text as the sender wrote it, decoded */
    WhereClause(String text) {
        this.text = text;
    }

    /** What a condition may be about. */
    enum Field {
        CHANNEL("channel"),
        STATUS("status"),
        URL("config.url");

        private final String name;

        Field(String name) {
            this.name = name;
        }

        private static String names() {
            return Arrays.stream(values()).map(field -> field.name).collect(Collectors.joining(", "));
        }
    }

    /**
     * One of the conditions, all of which have to hold.
     *
     * @param column where the value stands, 1-based
     */
    record Condition(Field field, String value, int column) {
        /** What is said of a value that this field cannot have. */
        BadRequestException refused(String expected) {
            String shown = value.length() > SHOWN_MAX ? value.substring(0, SHOWN_MAX) + "…" : value;
            return new BadRequestException(
                    "where", field.name + " '" + shown + "' at column " + column, "one of " + expected);
        }
    }

    /**
     * All conditions, each field at most once.
     *
     * @throws BadRequestException where it cannot be read, saying what was found at which column and what is expected
     */
    List<Condition> conditions() {
        if (text.length() > LENGTH_MAX) {
            throw new BadRequestException("where", text.length() + " characters", "at most " + LENGTH_MAX);
        }
        List<Condition> conditions = new ArrayList<>();
        do {
            conditions.add(condition(conditions));
        } while (and());
        return conditions;
    }

    private Condition condition(List<Condition> before) {
        skipBlanks();
        int begin = at;
        String name = word();
        Field field = Arrays.stream(Field.values())
                .filter(each -> each.name.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> found(begin, name, "one of " + Field.names()));
        if (before.stream().anyMatch(each -> each.field() == field)) {
            throw found(begin, name + " once more", "each field once");
        }
        skipBlanks();
        if (!next('=')) {
            throw found(at, word(), "=");
        }
        skipBlanks();
        int column = at + 1;
        return new Condition(field, value(), column);
    }

    private String value() {
        int opened = at;
        if (!next('\'')) {
            throw found(at, word(), "a value in single quotes");
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                value.append(c);
            } else if (!next('\'')) {
                return value.toString();
            } else {
                value.append(c);
            }
        }
        throw new BadRequestException(
                "where",
                "a quote that opens at column " + (opened + 1) + " and never closes",
                "a single quote after it");
    }

    private boolean and() {
        skipBlanks();
        if (at == text.length()) {
            return false;
        }
        int begin = at;
        String word = word();
        if (!word.equalsIgnoreCase("and")) {
            throw found(begin, word, "and, or nothing more");
        }
        return true;
    }

    private BadRequestException found(int position, String word, String expected) {
        String shown = position >= text.length()
                ? "the end"
                : word.isEmpty()
                        ? text.substring(position, text.offsetByCodePoints(position, 1))
                        : word.length() > SHOWN_MAX ? word.substring(0, SHOWN_MAX) + "…" : word;
        return new BadRequestException("where", shown + " at column " + (position + 1), expected);
    }

    private String word() {
        int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return text.substring(begin, at);
    }

    private boolean next(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
