package dev.sluice.gateway.delivery.attempt;

import dev.sluice.gateway.delivery.egress.Answer;
import dev.sluice.gateway.delivery.egress.FailureCause;
import dev.sluice.gateway.delivery.explanation.StatusWords;
import dev.sluice.gateway.delivery.retry.RetryAfter;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.eventlog.Body;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one attempt came to; each case decides what follows. */
public sealed interface AttemptOutcome {
    int GONE = 410;

    /** As it stands in the attempt log and in meters. */
    String word();

    /** The callback's HTTP status, or null without an answer. */
    @Nullable Integer status();

    /** Whether another attempt may come to something else. */
    default boolean isRepeatable() {
        return !(this instanceof Delivered) && !(this instanceof Gone);
    }

    /** What went wrong, for people: the reason of an endpoint's state. */
    default String words() {
        return StatusWords.of(Objects.requireNonNull(status()));
    }

    /**
     * What follows.
     *
     * @param failures attempts that failed so far, this one included
     * @param sinceFirstFailure how long ago the first of them failed, zero when it is this one
     * @param random 0 to 1, for the spread of waits
     */
    NextStep next(RetrySchedule schedule, int failures, Duration sinceFirstFailure, double random);

    /** The callback answered 2xx. */
    record Delivered(Integer status) implements AttemptOutcome {
        @Override
        public String word() {
            return "success";
        }

        @Override
        public NextStep next(RetrySchedule schedule, int failures, Duration sinceFirstFailure, double random) {
            return new NextStep.End(Ending.DELIVERED);
        }
    }

    /** The callback answered 410: it wants nothing more. */
    record Gone(Integer status, Body start) implements AttemptOutcome {
        @Override
        public String word() {
            return "gone";
        }

        @Override
        public NextStep next(RetrySchedule schedule, int failures, Duration sinceFirstFailure, double random) {
            return new NextStep.End(Ending.GONE);
        }
    }

    /**
     * The callback answered anything else. Redirects are not followed, and 4xx are repeated like 5xx: a wrong route or a
     * missing permission on the receiver's side is mended there, and then nothing should have been lost.
     *
     * @param retryAfter how long it wants to be left alone, when it says so with 429 or 503
     */
    record Refused(Integer status, Body start, Optional<Duration> retryAfter) implements AttemptOutcome {
        @Override
        public String word() {
            return "refused";
        }

        @Override
        public NextStep next(RetrySchedule schedule, int failures, Duration sinceFirstFailure, double random) {
            return NextStep.after(schedule.waitAfter(failures, sinceFirstFailure, random)
                    .map(wait -> retryAfter
                            .map(schedule::atMostLongestWait)
                            .filter(wish -> wish.compareTo(wait) > 0)
                            .orElse(wait)));
        }
    }

    /**
     * There was no answer.
     *
     * @param error for people
     */
    record Failed(FailureCause cause, String error) implements AttemptOutcome {
        private static final int ERROR_LENGTH_MAX = 500;
        private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

        /** What is said may quote the receiver, at any length; and no database stores U+0000 in a text. */
        public Failed {
            String start = error.length() > ERROR_LENGTH_MAX ? error.substring(0, ERROR_LENGTH_MAX) : error;
            error = CONTROL.matcher(start).replaceAll(" ");
        }

        @Override
        public String word() {
            return cause.word();
        }

        @Override
        public @Nullable Integer status() {
            return null;
        }

        @Override
        public String words() {
            return error;
        }

        @Override
        public NextStep next(RetrySchedule schedule, int failures, Duration sinceFirstFailure, double random) {
            return NextStep.after(schedule.waitAfter(failures, sinceFirstFailure, random));
        }
    }

    /** What an answer means. */
    static AttemptOutcome of(Answer answer, Instant answeredAt) {
        int status = answer.status();
        if (answer.isSuccess()) {
            return new Delivered(status);
        }
        if (status == GONE) {
            return new Gone(status, answer.start());
        }
        Instant receiversNow = RetryAfter.date(answer.date()).orElse(answeredAt);
        return new Refused(
                status,
                answer.start(),
                status == 429 || status == 503
                        ? RetryAfter.parse(answer.retryAfter(), receiversNow)
                        : Optional.empty());
    }

    /**
     * What an error of the client means; the breaker's refusal is no attempt and none of these.
     *
     * @param words the same for people
     */
    static AttemptOutcome of(Throwable error, String words) {
        return new Failed(FailureCause.of(error), words);
    }
}
