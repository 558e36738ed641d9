package dev.sluice.gateway.console.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.delivery.explanation.AttemptWords;
import dev.sluice.persistence.attempt.AddressedAttempt;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.notification.PendingDelivery;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One moment of an event's life.
 *
 * @param at when, ISO 8601 in UTC; empty where no time is known
 * @param tone its colour
 * @param title what happened, in a few words
 * @param detail more of it; empty when there is none
 * @param problem what went wrong and what to do about it; empty when nothing did
 * @param response what the callback answered; empty when nothing was kept
 */
record Moment(String at, String tone, String title, String detail, String problem, String response) {

    /** The same for the same moment on every look, and no other's on this page: what a reader has opened stays open. */
    public String key() {
        return at.replaceAll("\\D", "") + "-" + Integer.toHexString(hashCode());
    }

    static Moment received(Instant at, int bytes) {
        return new Moment(at.toString(), "good", "Received and stored", bytes + " bytes", "", "");
    }

    /** @param again whether its delivery was over before: it is sent again, and its attempts are numbered anew */
    static Moment of(AddressedAttempt addressed, boolean again) {
        Attempt attempt = addressed.attempt();
        boolean delivered = attempt.ending() == Attempt.Ending.DELIVERED;
        String to = to(addressed);
        if (!attempt.made()) {
            return new Moment(
                    attempt.at().toString(), "bad", "Ended: " + word(attempt.ending()), to, problem(attempt), "");
        }
        String status = attempt.status() == null ? attempt.outcome().replace('_', ' ') : "status " + attempt.status();
        String title = attempt(attempt.number(), again) + ": " + status + " after "
                + attempt.duration().toMillis() + " ms";
        String ending = attempt.ending() == null || delivered ? "" : ", and nothing follows: " + word(attempt.ending());
        return new Moment(
                attempt.at().toString(),
                delivered ? "good" : "bad",
                title,
                to + ending,
                problem(attempt),
                attempt.response() == null ? "" : new String(attempt.response().bytes(), UTF_8));
    }

    /** What will happen to a delivery that is owed, and why not at once; {@code again} as for an attempt. */
    static Moment of(PendingDelivery pending, boolean again, Instance instance) {
        String to = "to " + url(instance, pending.id().endpointId());
        Instant due = pending.dueAt();
        if (pending.behind()) {
            return new Moment(
                    "", "warn", "Waits", to + ", until what came before of the same object has arrived", "", "");
        }
        if (due == null) {
            return new Moment("", "warn", "Parked", to + ", until the endpoint is called again", "", "");
        }
        return new Moment(
                due.toString(),
                "warn",
                attempt(pending.attempts() + 1, again) + " is due",
                to + ", by the retry schedule",
                "",
                "");
    }

    private static String attempt(int number, boolean again) {
        return (again ? "Sent again, attempt " : "Attempt ") + number;
    }

    /** An attempt was made where the callback was then. */
    private static String to(AddressedAttempt addressed) {
        String url = addressed.url();
        if (url == null) {
            return "to a former callback URL, which is not known any more";
        }
        return addressed.replaced() ? "to " + url + ", the callback URL until it was changed" : "to " + url;
    }

    private static String url(Instance instance, long endpointId) {
        return instance.endpoint(endpointId).map(Endpoint::url).orElse("a deleted endpoint");
    }

    private static String problem(Attempt attempt) {
        return Objects.requireNonNullElse(AttemptWords.of(attempt), "");
    }

    private static String word(Attempt.@Nullable Ending ending) {
        return Objects.requireNonNullElse(ending, Attempt.Ending.DELETED).name().toLowerCase(Locale.ROOT);
    }
}
