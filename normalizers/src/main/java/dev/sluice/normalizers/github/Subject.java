package dev.sluice.normalizers.github;

import dev.sluice.normalizers.body.Outline;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The object an event is about.
 *
 * @param object what was found of it in the body
 * @param id its id as text
 */
record Subject(Outline object, String id) {
    private static final List<String> BODY = List.of();
    private static final List<String> REPOSITORY = List.of("repository");
    private static final List<String> ALERT = List.of("alert");

    private static final List<String> ID_FIELDS =
            List.of("id", "number", "ghsa_id", "node_id", "sha", "head_sha", "name", "key");
    private static final List<String> OWNERS = List.of("repository", "organization", "installation", "sender");

    /** Where events keep their object that do not follow the general rule. */
    private static final Map<String, Place> EXCEPTIONS = Map.ofEntries(
            at("create", BODY, "ref"),
            at("delete", BODY, "ref"),
            at("status", BODY, "id"),
            at("page_build", List.of("build"), BODY, "id"),
            at("public", REPOSITORY, "id"),
            at("watch", REPOSITORY, "id"),
            at("star", REPOSITORY, "id"),
            at("security_and_analysis", REPOSITORY, "id"),
            at("repository_import", REPOSITORY, "id"),
            at("repository_dispatch", REPOSITORY, "id"),
            at("workflow_dispatch", REPOSITORY, "id"),
            at("secret_scanning_scan", REPOSITORY, "id"),
            at("branch_protection_configuration", REPOSITORY, "id"),
            at("custom_property_values", REPOSITORY, "id"),
            at("fork", List.of("forkee"), "id"),
            at("member", List.of("member"), "id"),
            at("membership", List.of("member"), "id"),
            at("org_block", List.of("blocked_user"), "id"),
            at("team_add", List.of("team"), "id"),
            at("meta", List.of("hook"), "id"),
            at("installation_repositories", List.of("installation"), "id"),
            at("installation_target", List.of("account"), "id"),
            at("github_app_authorization", List.of("sender"), "id"),
            at("deployment_review", List.of("workflow_run"), "id"),
            at("deployment_protection_rule", List.of("deployment"), "id"),
            at(
                    "marketplace_purchase",
                    List.of("marketplace_purchase"),
                    List.of("marketplace_purchase", "account"),
                    "id"),
            at("sponsorship", List.of("sponsorship"), "node_id"),
            at("merge_group", List.of("merge_group"), "head_sha"),
            at("security_advisory", List.of("security_advisory"), "ghsa_id"),
            at("code_scanning_alert", ALERT, "number"),
            at("dependabot_alert", ALERT, "number"),
            at("secret_scanning_alert", ALERT, "number"),
            at("secret_scanning_alert_location", ALERT, "number"),
            at("sub_issues", List.of("sub_issue"), "id"),
            at("issue_dependencies", List.of("blocked_issue"), "id"),
            at("custom_property", List.of("definition"), "property_name"));

    /** The object of that event, or null when nothing in the body has an id. */
    static @Nullable Subject find(String event, Outline body) {
        if (event.equals("push")) {
            String id = pushedCommit(body);
            if (id != null) {
                return new Subject(body, id);
            }
        }
        Place place = EXCEPTIONS.get(event);
        Subject exception = place == null ? null : place.find(body);
        return exception == null ? byGeneralRule(event, body) : exception;
    }

    private static @Nullable Subject byGeneralRule(String event, Outline body) {
        Subject named = identified(body.object(event));
        if (named == null && event.endsWith("s")) {
            named = identified(body.object(event.substring(0, event.length() - 1)));
        }
        if (named == null) {
            named = identified(body.object(event.substring(event.lastIndexOf('_') + 1)));
        }
        for (int i = 0; named == null && i < OWNERS.size(); i++) {
            named = identified(body.object(OWNERS.get(i)));
        }
        return named;
    }

    /** The object with its id, or null when it is absent or has none. */
    static @Nullable Subject identified(@Nullable Outline object) {
        String id = object == null ? null : object.firstText(ID_FIELDS);
        return object == null || id == null ? null : new Subject(object, id);
    }

    private static @Nullable String pushedCommit(Outline body) {
        String after = body.text("after");
        boolean removed = after == null || after.chars().allMatch(c -> c == '0');
        return removed ? body.text("before") : after;
    }

    private static Entry<String, Place> at(String event, List<String> object, String idField) {
        return at(event, object, object, idField);
    }

    private static Entry<String, Place> at(String event, List<String> object, List<String> idHolder, String idField) {
        return Map.entry(event, new Place(object, idHolder, idField));
    }

    private record Place(List<String> object, List<String> idHolder, String idField) {

        @Nullable Subject find(Outline body) {
            Outline found = body.at(object);
            Outline holder = body.at(idHolder);
            String id = holder == null ? null : holder.text(idField);
            return found == null || id == null ? null : new Subject(found, id);
        }
    }
}
