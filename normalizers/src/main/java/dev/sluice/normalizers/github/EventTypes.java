package dev.sluice.normalizers.github;

import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.item.EventType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened, by GitHub's {@code action}, or by the event where it has none. */
final class EventTypes {
    private static final Set<String> CREATING = Set.of(
            "created",
            "create",
            "opened",
            "added",
            "submitted",
            "reported",
            "purchased",
            "requested",
            "queued",
            "checks_requested",
            "started",
            "blocked");
    private static final Set<String> DELETING =
            Set.of("deleted", "removed", "destroyed", "revoked", "cancelled", "withdrawn", "unblocked");

    /** Elsewhere a publication is one more step of an object that was created before. */
    private static final Set<String> CREATED_BY_PUBLICATION =
            Set.of("package", "registry_package", "security_advisory", "repository_advisory");

    /** Their object is the workflow run or the installation, which lives on whatever the action says. */
    private static final Set<String> ALWAYS_UPDATING = Set.of("deployment_review", "installation_repositories");

    private static final Set<String> CREATING_WITHOUT_ACTION =
            Set.of("create", "fork", "status", "page_build", "workflow_dispatch");

    private EventTypes() {}

    static EventType of(String event, Outline body) {
        if (event.equals("repository_dispatch")) {
            // Its action is free text chosen by the sender.
            return EventType.CREATED;
        }
        if (ALWAYS_UPDATING.contains(event)) {
            return EventType.UPDATED;
        }
        String action = body.text("action");
        return action == null ? withoutAction(event, body) : ofAction(event, action);
    }

    static EventType ofAction(String event, @Nullable String action) {
        if (action == null) {
            return EventType.UPDATED;
        }
        if (CREATING.contains(action) || (action.equals("published") && CREATED_BY_PUBLICATION.contains(event))) {
            return EventType.CREATED;
        }
        return DELETING.contains(action) ? EventType.DELETED : EventType.UPDATED;
    }

    private static EventType withoutAction(String event, Outline body) {
        if (event.equals("delete") || (event.equals("push") && body.isTrue("deleted"))) {
            return EventType.DELETED;
        }
        boolean created = CREATING_WITHOUT_ACTION.contains(event) || (event.equals("push") && body.isTrue("created"));
        return created ? EventType.CREATED : EventType.UPDATED;
    }
}
