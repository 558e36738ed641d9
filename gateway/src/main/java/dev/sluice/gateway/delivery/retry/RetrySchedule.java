package dev.sluice.gateway.delivery.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When failed attempts are repeated, as offsets from a delivery's first failure. After failure {@code k} the next attempt
 * is due {@code offset_k} after the first failure, and no sooner than {@code offset_k - offset_(k-1)} after the last: so a
 * delivery that lay too long catches up without a burst.
 *
 * @param offsets 1 to 20, each above 0 and above the one before, none above 30 days
 */
public record RetrySchedule(List<Duration> offsets) {
    private static final int OFFSETS_MAX = 20;
    private static final Duration OFFSET_MAX = Duration.ofDays(30);
    private static final double JITTER = 0.1;
    private static final Pattern OFFSET = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)?");

    /** What the original did: five retries over nine hours. */
    public static final RetrySchedule DEFAULT = ofSeconds(8, 64, 512, 4_096, 32_768);

    public RetrySchedule {
        offsets = List.copyOf(offsets);
        if (offsets.isEmpty() || offsets.size() > OFFSETS_MAX) {
            throw new IllegalArgumentException(
                    "retry schedule: " + offsets.size() + " offsets (expected: 1 to " + OFFSETS_MAX + ")");
        }
        Duration before = Duration.ZERO;
        for (Duration offset : offsets) {
            if (offset.compareTo(before) <= 0 || offset.compareTo(OFFSET_MAX) > 0) {
                throw new IllegalArgumentException("retry schedule: " + offset + " after " + before
                        + " (expected: each above the one before, at most " + OFFSET_MAX + ")");
            }
            before = offset;
        }
    }

    private static RetrySchedule ofSeconds(long... seconds) {
        List<Duration> offsets = new ArrayList<>();
        for (long offset : seconds) {
            offsets.add(Duration.ofSeconds(offset));
        }
        return new RetrySchedule(offsets);
    }

    /**
     * Reads {@code 8s,64s,512s}: numbers with {@code ms}, {@code s} (the default), {@code m}, {@code h} or {@code d}.
     *
     * @throws IllegalArgumentException if it is no such list, or no valid schedule
     */
    public static RetrySchedule parse(String text) {
        List<Duration> offsets = new ArrayList<>();
        for (String offset : text.split(",", -1)) {
            offsets.add(parseOffset(offset.trim()));
        }
        return new RetrySchedule(offsets);
    }

    private static Duration parseOffset(String text) {
        Matcher matcher = OFFSET.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("retry schedule: '" + text + "' (expected: a list like 8s,64s,512s)");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        return switch (unit == null ? "s" : unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    /**
     * The wait from now before the next attempt, spread by 10 % either way so that what failed together returns apart.
     *
     * @param failures attempts that failed so far, the one just now included; at least 1
     * @param sinceFirstFailure how long ago the first of them failed; zero when it is the one just now
     * @param random where in the spread, 0 (10 % early) to 1 (10 % late)
     * @return empty when the schedule is used up
     */
    public Optional<Duration> waitAfter(int failures, Duration sinceFirstFailure, double random) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures: " + failures + " (expected: at least 1)");
        }
        if (failures > offsets.size()) {
            return Optional.empty();
        }
        Duration untilOffset = offsets.get(failures - 1).minus(sinceFirstFailure);
        Duration wait = longer(untilOffset, gap(failures - 1));
        double factor = 1 - JITTER + 2 * JITTER * random;
        return Optional.of(Duration.ofNanos((long) (wait.toNanos() * factor)));
    }

    /** From a delivery's first failure to its last attempt. */
    public Duration span() {
        return offsets.get(offsets.size() - 1);
    }

    /** A receiver's wish ({@code Retry-After}) as far as it is honoured: up to the longest wait between two attempts. */
    public Duration atMostLongestWait(Duration wish) {
        Duration longest = longestWait();
        return wish.compareTo(longest) < 0 ? wish : longest;
    }

    /** The longest wait between two attempts. */
    public Duration longestWait() {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < offsets.size(); i++) {
            longest = longer(longest, gap(i));
        }
        return longest;
    }

    private Duration gap(int index) {
        return index == 0 ? offsets.get(0) : offsets.get(index).minus(offsets.get(index - 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
