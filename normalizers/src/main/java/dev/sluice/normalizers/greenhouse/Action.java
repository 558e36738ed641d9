package dev.sluice.normalizers.greenhouse;

import dev.sluice.normalizers.item.EventType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Greenhouse's sheet says of one action.
 *
 * @param objectType what the event is about
 * @param wrapper the field of {@code payload} that holds the object, empty when the payload is the object
 * @param idField the object's id
 * @param type what happened to it
 * @param datePath where the object tells when; null when nowhere
 */
record Action(
        String objectType,
        String wrapper,
        String idField,
        EventType type,
        @Nullable List<String> datePath) {
    private static final List<String> LAST_ACTIVITY = List.of("last_activity_at");
    private static final List<String> APPLIED = List.of("applied_at");
    private static final List<String> RESOLVED = List.of("resolved_at");
    private static final List<String> UPDATED_AT = List.of("updated_at");

    /** All actions that Greenhouse documents. */
    static final Map<String, Action> KNOWN = Map.ofEntries(
            Map.entry("new_candidate_application", application(EventType.CREATED, APPLIED)),
            Map.entry("new_prospect_application", application(EventType.CREATED, APPLIED)),
            Map.entry("application_updated", application(EventType.UPDATED, LAST_ACTIVITY)),
            Map.entry("delete_application", application(EventType.DELETED, null)),
            Map.entry("candidate_stage_change", application(EventType.UPDATED, LAST_ACTIVITY)),
            Map.entry("hire_candidate", application(EventType.UPDATED, List.of("offer", "resolved_at"))),
            Map.entry("unhire_candidate", application(EventType.UPDATED, LAST_ACTIVITY)),
            Map.entry("reject_candidate", application(EventType.UPDATED, List.of("rejected_at"))),
            Map.entry("unreject_candidate", application(EventType.UPDATED, LAST_ACTIVITY)),
            Map.entry("update_candidate", new Action("candidate", "candidate", "id", EventType.UPDATED, null)),
            Map.entry("candidate_anonymized", new Action("candidate", "", "candidate_id", EventType.UPDATED, null)),
            Map.entry("delete_candidate", new Action("candidate", "person", "id", EventType.DELETED, null)),
            Map.entry("merge_candidate", new Action("candidate", "person", "id", EventType.DELETED, null)),
            Map.entry("offer_created", new Action("offer", "", "id", EventType.CREATED, null)),
            Map.entry("offer_approved", new Action("offer", "", "id", EventType.UPDATED, RESOLVED)),
            Map.entry("offer_updated", new Action("offer", "", "id", EventType.UPDATED, RESOLVED)),
            Map.entry("offer_deleted", deleted("offer")),
            Map.entry("interview_deleted", deleted("interview")),
            Map.entry("scorecard_deleted", deleted("scorecard")),
            Map.entry("job_created", new Action("job", "job", "id", EventType.CREATED, List.of("created_at"))),
            Map.entry("job_updated", new Action("job", "job", "id", EventType.UPDATED, null)),
            Map.entry("job_approved", new Action("job", "job", "id", EventType.UPDATED, null)),
            Map.entry("job_deleted", deleted("job")),
            Map.entry("job_post_created", new Action("job_post", "", "id", EventType.CREATED, UPDATED_AT)),
            Map.entry("job_post_updated", new Action("job_post", "", "id", EventType.UPDATED, UPDATED_AT)),
            Map.entry("job_post_deleted", deleted("job_post")),
            Map.entry("job_interview_stage_deleted", deleted("job_interview_stage")),
            Map.entry("department_deleted", deleted("department")),
            Map.entry("office_deleted", deleted("office")));

    private static Action application(EventType type, @Nullable List<String> datePath) {
        return new Action("application", "application", "id", type, datePath);
    }

    private static Action deleted(String objectType) {
        return new Action(objectType, objectType, "id", EventType.DELETED, null);
    }

    /** What happened by the name of an action that is not documented. */
    static EventType typeByName(String action) {
        if (action.contains("delete") || action.startsWith("merge_")) {
            return EventType.DELETED;
        }
        return action.endsWith("created") || action.startsWith("new_") ? EventType.CREATED : EventType.UPDATED;
    }
}
