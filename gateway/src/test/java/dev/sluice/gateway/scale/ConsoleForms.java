package dev.sluice.gateway.scale;

import dev.sluice.persistence.eventlog.EventId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The pages of the console, those of a list with filters that let much, little and nothing through. */
final class ConsoleForms {
    private static final long SEED = 815;

    private ConsoleForms() {}

    /**
     * All of them.
     *
     * @param busiest the instance with the most events
     * @param end when the last event was received
     */
    static List<ListForm> all(Session session, long busiest, Instant end) {
        String instance = "/console/instances/" + busiest;
        UUID newest = UUID.fromString(session.text(
                "SELECT id::text FROM event WHERE instance_id = " + busiest + " ORDER BY id DESC LIMIT 1"));
        Instant hourAgo = end.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        Instant weekAgo = end.minus(Duration.ofDays(6)).truncatedTo(ChronoUnit.SECONDS);
        List<ListForm> forms = new ArrayList<>(List.of(
                ListForm.fixed("/console/elements"),
                ListForm.fixed("/console/elements/github/create"),
                ListForm.fixed("/console/instances"),
                ListForm.fixed("/console/instances?search=needle"),
                ListForm.fixed("/console/instances?search=q"),
                new ListForm("`/console/instances/{busiest}`", round -> instance),
                new ListForm("`/console/instances/{busiest}/edit`", round -> instance + "/edit"),
                new ListForm("`/console/instances/{busiest}/arrival`", round -> instance + "/arrival"),
                new ListForm("`/console/instances/{busiest}/endpoints`", round -> instance + "/endpoints"),
                new ListForm("`/console/instances/{busiest}/redeliveries`", round -> instance + "/redeliveries"),
                new ListForm(
                        "`/console/events/{newest}`",
                        round -> "/console/events/" + new EventId(busiest, newest).encoded()),
                redelivery("an hour", busiest, hourAgo),
                redelivery("six days", busiest, weekAgo)));
        forms.addAll(lists(busiest, end));
        return forms;
    }

    private static ListForm redelivery(String span, long busiest, Instant from) {
        return new ListForm(
                "`/console/events/redeliver`, " + span,
                round -> "/console/events/redeliver?status=FAILED&instance=" + busiest + "&from=" + from);
    }

    private static List<ListForm> lists(long busiest, Instant end) {
        Random random = new Random(SEED);
        List<ListForm> forms = new ArrayList<>();
        for (String filter : List.of(
                "",
                "status=FAILED",
                "objectType=push",
                "objectId=main",
                "idText=ain",
                "idText=nothing",
                "elementKey=github",
                "elementKey=mailchimpv3",
                "elementKey=mailchimpv3&idText=nothing")) {
            forms.add(ListForm.fixed("/console/events?" + filter));
            forms.add(new ListForm(
                    "`/console/events?instance={busiest}&" + filter + "`",
                    round -> "/console/events?instance=" + busiest + "&" + filter));
            forms.add(new ListForm(
                    "`/console/events?" + filter + "`, deep page",
                    round -> "/console/events?" + filter + "&after=" + place(random, end)));
        }
        return forms;
    }

    private static UUID place(Random random, Instant end) {
        Instant some = end.minusMillis(
                random.nextLong(1_000, Duration.ofDays(Size.DAYS).toMillis()));
        return EventId.of(0, some, 1, 0).id();
    }
}
