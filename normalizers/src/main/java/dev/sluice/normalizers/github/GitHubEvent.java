package dev.sluice.normalizers.github;

import dev.sluice.normalizers.Mark;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.body.Shape;
import dev.sluice.normalizers.item.Attributes;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One GitHub webhook brought to normalised items: one, or for {@code gollum} one a wiki page.
 *
 * @param name as {@code X-GitHub-Event} has it, which is the object type
 * @param body what is kept of the body
 * @param fallbackId the object id where the body names no object
 * @param receivedAt the date where the body tells none
 */
record GitHubEvent(String name, Outline body, String fallbackId, Instant receivedAt) {
    private static final List<String> DATE_FIELDS =
            List.of("updated_at", "submitted_at", "completed_at", "published_at", "created_at");

    private static final List<String> NUMBERED = List.of("issue", "pull_request", "discussion");

    private static final Shape OBJECT = Shape.of(
                    "id",
                    "number",
                    "ghsa_id",
                    "node_id",
                    "sha",
                    "head_sha",
                    "name",
                    "key",
                    "login",
                    "full_name",
                    "property_name",
                    "email",
                    "timestamp")
            .and(DATE_FIELDS.toArray(String[]::new));

    /** What is kept of every body. Any object may be the one an event unknown today is about. */
    static final Shape SHAPE = Shape.of("action", "after", "before", "context", "created", "deleted", "id", "number")
            .and("ref", "ref_type", "sha", "starred_at", "created_at", "updated_at")
            .with("marketplace_purchase", OBJECT.with("account", OBJECT))
            .withList("pages", Shape.of("action", "page_name", "sha", "title"))
            .withOtherObjects(OBJECT);

    Flux<NormalizedItem> items() {
        List<Outline> pages = name.equals("gollum") ? body.list("pages") : List.of();
        return pages.isEmpty() ? Flux.just(item()) : Flux.fromIterable(pages).map(this::pageItem);
    }

    List<Mark> marks() {
        boolean ourHookIsGone = name.equals("meta") && "deleted".equals(body.text("action"));
        return ourHookIsGone ? List.of(Mark.WEBHOOK_REMOVED) : List.of();
    }

    private NormalizedItem item() {
        Subject subject = Subject.find(name, body);
        if (subject == null) {
            return new NormalizedItem(
                    name,
                    fallbackId,
                    EventType.UNKNOWN,
                    receivedAt,
                    attributes(body.text("action"), null).toMap(),
                    null);
        }
        EventType type = EventTypes.of(name, body);
        return new NormalizedItem(
                name,
                subject.id(),
                type,
                date(type, subject.object()),
                attributes(body.text("action"), subject.object()).toMap(),
                null);
    }

    private NormalizedItem pageItem(Outline page) {
        String sha = page.text("sha");
        String action = body.text("action");
        Attributes attributes =
                attributes(action == null ? page.text("action") : action, null).put("pageName", page.text("page_name"));
        EventType type = sha == null ? EventType.UNKNOWN : EventTypes.ofAction(name, page.text("action"));
        return new NormalizedItem(name, sha == null ? fallbackId : sha, type, receivedAt, attributes.toMap(), null);
    }

    private Instant date(EventType type, Outline object) {
        if (type == EventType.DELETED) {
            return receivedAt;
        }
        Instant specific = eventDate();
        Instant date = specific == null ? object.firstInstant(DATE_FIELDS) : specific;
        return date == null ? receivedAt : date;
    }

    private @Nullable Instant eventDate() {
        return switch (name) {
            case "star" -> body.instant("starred_at");
            case "status" -> body.instant("updated_at");
            case "push" -> {
                Outline headCommit = body.object("head_commit");
                yield headCommit == null ? null : headCommit.instant("timestamp");
            }
            default -> null;
        };
    }

    private Attributes attributes(@Nullable String action, @Nullable Outline object) {
        return new Attributes()
                .put("action", action)
                .put("number", number(object))
                .put("ref", body.text("ref"))
                .put("refType", body.text("ref_type"))
                .put("sha", body.text("sha"))
                .put("context", body.text("context"))
                .put("teamId", body.text("team", "id"))
                .put("actor", body.text("sender", "login"))
                .put("actorId", body.text("sender", "id"))
                .put("pusherName", body.text("pusher", "name"))
                .put("pusherEmail", body.text("pusher", "email"))
                .put("repository", body.text("repository", "full_name"))
                .put("organization", body.text("organization", "login"));
    }

    /** The number REST paths want: of the object, else of what a comment or review belongs to. */
    private @Nullable String number(@Nullable Outline object) {
        String own = object == null ? null : object.text("number");
        for (String holder : NUMBERED) {
            own = own == null ? body.text(holder, "number") : own;
        }
        return own;
    }
}
