package dev.sluice.gateway.scale;

import dev.sluice.persistence.eventlog.EventId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Every form of list and every page of the console, with filters that let much, little and nothing through, at the beginning and deep inside. */
final class ListForms {
    private static final int FEW = 200;
    private static final long SEED = 4_711;

    private final Random random = new Random(SEED);
    private final List<ListForm> forms = new ArrayList<>();
    private final Instant end;
    private final long busiest;
    private final List<Long> busy;
    private final List<Long> quiet;

    private ListForms(Session session, Instant end) {
        this.end = end;
        Instances instances = new Instances(session);
        this.busiest = instances.ids(0).get(0);
        this.busy = instances.ids(IntStream.rangeClosed(1, 100).toArray());
        this.quiet = instances.ids(IntStream.range(0, FEW).map(i -> 200 + i).toArray());
    }

    /** @param end when the last event was received */
    static List<ListForm> all(Session session, Instant end) {
        ListForms all = new ListForms(session, end);
        all.instances();
        all.eventsOfOne();
        all.eventsOfAll();
        all.dispositions();
        all.analytics();
        all.forms.addAll(NotificationForms.all(session, end));
        all.forms.addAll(ConsoleForms.all(session, all.busiest, end));
        return all.forms.stream().filter(ListForm::isWanted).toList();
    }

    private void fixed(String... paths) {
        for (String path : paths) {
            forms.add(ListForm.fixed(path));
        }
    }

    private void varying(String name, IntFunction<String> path) {
        forms.add(new ListForm(name, path));
    }

    private void instances() {
        fixed("/instances", "/instances?pageSize=20");
        varying("`/instances`, deep page", round -> "/instances?nextPage=" + deepInstance());
        fixed("/instances?tags[]=scale", "/instances?tags[]=rare", "/instances?tags[]=none");
        varying("`/instances?tags[]=`(one in a hundred)", round -> "/instances?tags[]=team-" + round % 100);
        varying("`/instances?tags[]=scale`, deep page", round -> "/instances?tags[]=scale&nextPage=" + deepInstance());
        fixed("/instances?searchText=customer", "/instances?searchText=needle", "/instances?searchText=nothing");
        varying("`/instances?searchText=`(ten of them)", round -> "/instances?searchText=0%04d".formatted(round));
        varying("`/instances?searchText=`(a tag, one in a hundred)", round -> "/instances?searchText=team-4");
        fixed(
                "/instances?searchText=qq",
                "/instances?searchText=q",
                "/instances?searchText=needle&tags[]=scale",
                "/elements/github/instances",
                "/elements/mailchimpv3/instances",
                "/elements/github/instances?searchText=nothing",
                "/elements/github/instances?tags[]=scale");
        varying(
                "`/elements/github/instances`, deep page",
                round -> "/elements/github/instances?nextPage=" + deepInstance());
        fixed("/instances/count", "/accounts/instances");
    }

    /** The token of a page somewhere in the middle. */
    private String deepInstance() {
        Instant made = end.minus(Duration.ofMinutes(random.nextInt(1_000, 500_000)));
        ByteBuffer place =
                ByteBuffer.allocate(16).putLong(made.toEpochMilli() * 1_000).putLong(0);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.array());
    }

    private void eventsOfOne() {
        String events = "/instances/" + busiest + "/events";
        forms.add(new ListForm("`/instances/{busiest}/events`", round -> events));
        varying("`/instances/{busiest}/events`, deep page", round -> events + "?nextPage=" + deepEvent(busiest));
        varying("`/instances/{busy}/events`", round -> "/instances/" + busy.get(round % busy.size()) + "/events");
        varying("`/instances/{quiet}/events`", round -> "/instances/" + quiet.get(round % FEW) + "/events");
        varying("`/instances/{busiest}/events?from=&to=`(an hour)", round -> events + "?" + anHour());
        for (String filter : filters()) {
            varying("`/instances/{busiest}/events?" + filter + "`", round -> events + "?" + filter);
        }
        for (String filter : List.of("status=FAILED", "eventType=RETRIEVED", "objectType=push", "objectId=main")) {
            varying(
                    "`/instances/{busiest}/events?" + filter + "`, deep page",
                    round -> events + "?" + filter + "&nextPage=" + deepEvent(busiest));
            varying(
                    "`/instances/{quiet}/events?" + filter + "`",
                    round -> "/instances/" + quiet.get(round % FEW) + "/events?" + filter);
        }
        varying("`/instances/{busiest}/events?objectId=`(four events)", round -> events + "?objectId=0-" + round);
    }

    private static List<String> filters() {
        return List.of(
                "status=NOTIFIED",
                "status=FAILED",
                "status=DISPATCHED",
                "status=RECEIVED",
                "objectType=push",
                "objectType=commit",
                "objectType=lighthouse",
                "objectType=nothing",
                "objectId=main",
                "objectId=nothing",
                "idText=ain",
                "idText=nothing",
                "elementKey=github",
                "elementKey=mailchimpv3",
                "eventType=UPDATED",
                "eventType=RETRIEVED",
                "eventType=NOTHING",
                "objectType=push&eventType=RETRIEVED",
                "objectType=push&status=FAILED",
                "objectType=push&objectId=main&eventType=UPDATED&status=NOTIFIED",
                "status=FAILED&eventType=RETRIEVED",
                "status=NOTIFIED&eventType=RETRIEVED",
                "objectId=main&status=FAILED",
                "elementKey=mailchimpv3",
                "elementKey=mailchimpv3&status=FAILED",
                "idText=main",
                "idText=nothing");
    }

    private String deepEvent(long instanceId) {
        return EventId.of(instanceId, anyTime(), 1, 0).encoded();
    }

    private Instant anyTime() {
        return end.minusMillis(random.nextLong(1_000, Duration.ofDays(Size.DAYS).toMillis()));
    }

    private String anHour() {
        Instant from = anyTime();
        return "from=" + from + "&to=" + from.plus(Duration.ofHours(1));
    }

    private void eventsOfAll() {
        String events = "/instances/events";
        fixed(events);
        varying("`/instances/events`, deep page", round -> events + "?nextPage=" + deepEvent(0));
        varying("`/instances/events?from=&to=`(an hour)", round -> events + "?" + anHour());
        filters().forEach(filter -> fixed(events + "?" + filter));
        for (String filter : List.of("status=FAILED", "eventType=RETRIEVED", "objectType=push", "objectId=main")) {
            varying(
                    "`/instances/events?" + filter + "`, deep page",
                    round -> events + "?" + filter + "&nextPage=" + deepEvent(0));
            varying(
                    "`/instances/events?" + filter + "&from=&to=`(an hour)",
                    round -> events + "?" + filter + "&" + anHour());
        }
        varying("`/instances/events?objectId=`(four events)", round -> events + "?objectId=0-" + round);
        varying("`/instances/events?instanceId={quiet}`", round -> events + "?instanceId=" + quiet.get(round % FEW));
        varying(
                "`/instances/events?instanceId={quiet}&objectId=main`",
                round -> events + "?objectId=main&instanceId=" + quiet.get(round % FEW));
        varying(
                "`/instances/events?instanceId={quiet}&eventType=NOTHING`",
                round -> events + "?eventType=NOTHING&instanceId=" + quiet.get(round % FEW));
    }

    private void dispositions() {
        String dispositions = "/instances/events/dispositions";
        fixed(dispositions, dispositions + "?status=FAILED", dispositions + "?objectId=main");
        varying("`" + dispositions + "`, deep page", round -> dispositions + "?nextPage=" + deepEvent(0));
    }

    private void analytics() {
        for (String form : List.of("", "/instances", "/accounts")) {
            String analytics = "/instances/events/analytics" + form;
            span(analytics, "an hour", "minute", Duration.ofHours(1), "");
            span(analytics, "a day", "hour", Duration.ofDays(1), "");
            span(analytics, "a week", "day", Duration.ofDays(7), "");
            span(analytics, "a week", "hour", Duration.ofDays(7), "");
        }
        span("/instances/events/analytics", "a day", "minute", Duration.ofDays(1), "");
        span("/instances/events/analytics", "a week", "minute", Duration.ofDays(7), "");
        span("/instances/events/analytics/instances", "a week", "hour", Duration.ofDays(7), "&instanceId=" + busiest);
        span("/instances/events/analytics", "a week", "minute", Duration.ofDays(7), "&instanceId=" + busiest);
    }

    private void span(String path, String name, String interval, Duration length, String more) {
        varying(
                "`" + path + "`, " + name + " by " + interval + (more.isEmpty() ? "" : " of one instance"),
                round -> path + "?interval=" + interval + "&from=" + end.minus(length) + "&to=" + end.minusSeconds(1)
                        + more);
    }
}
