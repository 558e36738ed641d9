package dev.sluice.gateway.request;

import dev.sluice.gateway.error.BadRequestException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How long a secret and the one that replaces it are both valid: the field {@code overlap} of a rotation. */
public final class Overlap {
    private static final Duration DEFAULT = Duration.ofDays(1);
    private static final Duration MAX = Duration.ofDays(30);
    private static final String FIELD = "overlap";
    private static final String EXPECTED = "0s..30d, as in 90s, 30m, 24h or 7d";
    private static final Pattern FORM = Pattern.compile("(\\d{1,7})\\s*([smhd])");

    private Overlap() {}

    /**
     * Whole seconds from 0 to 30 days; a day when the body names none.
     *
     * @throws BadRequestException when it is none of that
     */
    public static Duration of(ObjectNode body) {
        JsonNode given = body.get(FIELD);
        return given == null || given.isNull() ? DEFAULT : parse(given.asString(""));
    }

    /** The same of a text. */
    public static Duration parse(String given) {
        Matcher matcher = FORM.matcher(given.strip());
        if (!matcher.matches()) {
            throw new BadRequestException(FIELD, "not understood", EXPECTED);
        }
        Duration overlap = Duration.of(
                Long.parseLong(matcher.group(1)), unit(matcher.group(2)).toChronoUnit());
        if (overlap.compareTo(MAX) > 0) {
            throw new BadRequestException(FIELD, given.strip(), EXPECTED);
        }
        return overlap;
    }

    private static TimeUnit unit(String letter) {
        return switch (letter) {
            case "m" -> TimeUnit.MINUTES;
            case "h" -> TimeUnit.HOURS;
            case "d" -> TimeUnit.DAYS;
            default -> TimeUnit.SECONDS;
        };
    }
}
