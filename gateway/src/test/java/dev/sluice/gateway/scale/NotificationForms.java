package dev.sluice.gateway.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every form of what lies below {@code /notifications}, and what is asked of one event: its deliveries, its attempts, its jobs. */
final class NotificationForms {
    private static final String DELIVERIES = "/notifications/subscriptions/deliveries";
    private static final int FEW = 200;

    private final Random random = new Random(4_712);
    private final List<ListForm> forms = new ArrayList<>();
    private final Session session;
    private final Instances instances;
    private final Instant end;

    private NotificationForms(Session session, Instant end) {
        this.session = session;
        this.instances = new Instances(session);
        this.end = end;
    }

    static List<ListForm> all(Session session, Instant end) {
        NotificationForms all = new NotificationForms(session, end);
        all.notifications();
        all.subscriptions();
        all.deliveries();
        all.deliveriesToUrl();
        all.ofEvents();
        return all.forms;
    }

    private void fixed(String name, String path) {
        forms.add(new ListForm(name, round -> path));
    }

    private void notifications() {
        String busiest = "/notifications?topics[]=" + topic(0);
        fixed("`/notifications?topics[]=`(the busiest)", busiest);
        forms.add(new ListForm(
                "`/notifications?topics[]=`(the busiest), deep page",
                round -> busiest + "&nextPage=" + deepDelivery()));
        fixed(
                "`/notifications?topics[]=`(20 busy)",
                "/notifications?topics[]="
                        + IntStream.rangeClosed(1, 20).mapToObj(this::topic).collect(Collectors.joining(",")));
        List<String> quiet =
                IntStream.range(0, FEW).mapToObj(n -> topic(200 + n)).toList();
        forms.add(new ListForm(
                "`/notifications?topics[]=`(a quiet one)",
                round -> "/notifications?topics[]=" + quiet.get(round % FEW)));
    }

    private String topic(int number) {
        return "instance-" + instances.ids(number).get(0) + "-" + Instances.element(number) + "-events";
    }

    private void subscriptions() {
        fixed("`/notifications/subscriptions`", "/notifications/subscriptions");
        forms.add(new ListForm(
                "`/notifications/subscriptions`, deep page",
                round -> "/notifications/subscriptions?nextPage=" + deepSubscription()));
    }

    private String deepSubscription() {
        Instant made = end.minus(Duration.ofMinutes(random.nextInt(1_000, 500_000)));
        ByteBuffer place = ByteBuffer.allocate(24)
                .putLong(made.toEpochMilli() * 1_000)
                .putLong(0)
                .putLong(0);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.array());
    }

    private void deliveries() {
        fixed("`…/deliveries`", DELIVERIES);
        fixed("`…/deliveries?pageSize=20`", DELIVERIES + "?pageSize=20");
        fixed("`…/deliveries?hydrate=true`", DELIVERIES + "?hydrate=true");
        fixed("`…/deliveries?hydrate=true&pageSize=20`", DELIVERIES + "?hydrate=true&pageSize=20");
        forms.add(new ListForm("`…/deliveries`, deep page", round -> DELIVERIES + "?nextPage=" + deepDelivery()));
        for (String status : List.of("created", "retry", "queued", "delivered", "failed")) {
            where("status " + status, "status='" + status + "'", "");
        }
        where("status queued, with their notifications", "status='queued'", "&hydrate=true");
    }

    private void deliveriesToUrl() {
        where("to a URL of one", "config.url='https://callback-0.example/hook'", "");
        where("to a URL of five", "config.url='https://few.example/hook'", "");
        where("to a URL of 10,000", "config.url='https://many.example/hook'", "");
        where("to a URL of none", "config.url='https://nobody.example/hook'", "");
        for (String status : List.of("retry", "queued", "delivered", "failed")) {
            where(
                    "status " + status + " to a URL of five",
                    "channel='webhook' and status='" + status + "' and config.url='https://few.example/hook'",
                    "");
        }
        where(
                "status queued to a URL of 10,000",
                "channel='webhook' and status='queued' and config.url='https://many.example/hook'",
                "");
    }

    /** The first page, and one anywhere. */
    private void where(String name, String clause, String more) {
        String path = DELIVERIES + "?where=" + URLEncoder.encode(clause, UTF_8) + more;
        String shown = "`…/deliveries`, " + name;
        fixed(shown, path);
        forms.add(new ListForm(shown + ", deep page", round -> path + "&nextPage=" + deepDelivery()));
    }

    private String deepDelivery() {
        Instant at = end.minusMillis(
                random.nextLong(1_000, Duration.ofDays(Size.DAYS).toMillis()));
        return new DeliveryId(EventId.of(0, at, 1, 0), 0, 0).encoded();
    }

    private void ofEvents() {
        List<DeliveryId> some =
                IntStream.range(0, FEW).mapToObj(n -> anEventOf(1 + n * 37)).toList();
        for (String form : List.of("", "/subscriptions/deliveries", "/subscriptions/{sid}/deliveries")) {
            forms.add(new ListForm("`/notifications/{nid}" + form + "`", round -> {
                DeliveryId one = some.get(round % FEW);
                return "/notifications/" + one.encoded() + form.replace("{sid}", String.valueOf(one.endpointId()));
            }));
        }
        for (String form : List.of("", "/attempts")) {
            forms.add(new ListForm("`/instances/{id}/events/{eventId}" + form + "`", round -> {
                EventId one = some.get(round % FEW).eventId();
                return "/instances/" + one.instanceId() + "/events/" + one.encoded() + form;
            }));
        }
        fixed(
                "`/instances/{busiest}/redeliveries`",
                "/instances/" + instances.ids(0).get(0) + "/redeliveries");
        List<Long> others =
                instances.ids(IntStream.range(0, FEW).map(n -> 1 + 2 * n).toArray());
        forms.add(new ListForm(
                "`/instances/{id}/redeliveries`", round -> "/instances/" + others.get(round % FEW) + "/redeliveries"));
    }

    private DeliveryId anEventOf(int number) {
        long instance = instances.ids(number).get(0);
        String event = session.text("SELECT id::text FROM event WHERE instance_id = ? ORDER BY id LIMIT 1", instance);
        long endpoint = session.number("SELECT id FROM endpoint WHERE instance_id = ?", instance);
        return new DeliveryId(new EventId(instance, UUID.fromString(event)), endpoint, 0);
    }
}
