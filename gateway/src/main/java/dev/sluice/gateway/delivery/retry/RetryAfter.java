package dev.sluice.gateway.delivery.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver asks for with {@code Retry-After}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, 10.2.3</a>
 */
public final class RetryAfter {
    /** Longer numbers would overflow a duration; they are capped anyway. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private RetryAfter() {}

    /**
     * Reads either form, seconds or an HTTP date.
     *
     * @param header its value, or null when there was none
     * @param answeredAt by the receiver's own clock ({@code Date}) where it gave one, so that a wrong clock cancels out
     * @return how long to wait, zero for a date in the past; empty without a header or with an unreadable one
     */
    public static Optional<Duration> parse(@Nullable String header, Instant answeredAt) {
        if (header == null) {
            return Optional.empty();
        }
        String value = header.trim();
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        return date(value).map(until -> {
            Duration wait = Duration.between(answeredAt, until);
            return wait.isNegative() ? Duration.ZERO : wait;
        });
    }

    /** Reads an HTTP date; empty when it is none. */
    public static Optional<Instant> date(@Nullable String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.trim(), Instant::from));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
