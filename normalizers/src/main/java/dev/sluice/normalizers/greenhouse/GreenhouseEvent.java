package dev.sluice.normalizers.greenhouse;

import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.body.Shape;
import dev.sluice.normalizers.item.Attributes;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One change.
 *
 * @param action Greenhouse's word for it, empty when there is none
 * @param payload what is kept of it
 * @param fallbackId the object id where the payload has none
 * @param receivedAt the date where the payload tells none: most do
 */
record GreenhouseEvent(String action, Outline payload, String fallbackId, Instant receivedAt) {
    private static final Shape ID = Shape.of("id");
    private static final Shape OBJECT = Shape.of("id", "created_at", "last_activity_at", "applied_at")
            .and("rejected_at", "new_candidate_id", "candidate_id", "job_id", "application_id")
            .with("candidate", ID)
            .with("offer", Shape.of("id", "resolved_at"))
            .withList("jobs", ID);

    static final Shape SHAPE = Shape.of("action")
            .with("payload", Shape.of("id", "updated_at", "resolved_at").withOthers(OBJECT));

    /** Belongs to whatever is approved and is never what an event is about. */
    private static final String APPROVAL_FLOW = "approval_flow";

    private static final String ID_SUFFIX = "_id";
    private static final int JOBS_MAX = 100;
    private static final Pattern VERB =
            Pattern.compile("^(new|delete|merge|update)_|_(created|updated|deleted|approved)$");

    NormalizedItem item() {
        Action known = Action.KNOWN.get(action);
        NormalizedItem item = known == null ? null : byTable(known);
        return item == null ? byGeneralRule() : item;
    }

    private @Nullable NormalizedItem byTable(Action known) {
        Outline object = known.wrapper().isEmpty() ? payload : payload.object(known.wrapper());
        String id = object == null ? null : object.text(known.idField());
        return object == null || id == null
                ? null
                : item(known.objectType(), id, known.type(), date(object, known.datePath()), object);
    }

    /** The first object with an id, else the payload's own id, else the first id of anything. */
    private NormalizedItem byGeneralRule() {
        for (String name : payload.names()) {
            Outline object = name.isBlank() || name.equals(APPROVAL_FLOW) ? null : payload.object(name);
            String id = object == null ? null : object.text("id");
            if (object != null && id != null) {
                return item(name, id, Action.typeByName(action), receivedAt, object);
            }
        }
        String ownId = payload.text("id");
        if (ownId != null) {
            return item(nameWithoutVerb(), ownId, Action.typeByName(action), receivedAt, payload);
        }
        for (String name : payload.names()) {
            String id = name.endsWith(ID_SUFFIX) && name.length() > ID_SUFFIX.length() ? payload.text(name) : null;
            if (id != null) {
                String objectType = name.substring(0, name.length() - ID_SUFFIX.length());
                return item(objectType, id, Action.typeByName(action), receivedAt, payload);
            }
        }
        return item(nameWithoutVerb(), fallbackId, EventType.UNKNOWN, receivedAt, payload);
    }

    /** {@code note} out of {@code note_created} or {@code delete_note}. */
    private String nameWithoutVerb() {
        String name = VERB.matcher(action).replaceFirst("");
        return name.isBlank() ? "unknown" : name;
    }

    private Instant date(Outline object, @Nullable List<String> path) {
        if (path == null) {
            return receivedAt;
        }
        Instant date = object.instantAt(path);
        return date == null ? receivedAt : date;
    }

    private NormalizedItem item(String objectType, String id, EventType type, Instant date, Outline object) {
        return new NormalizedItem(objectType, id, type, date, attributes(object).toMap(), null);
    }

    private Attributes attributes(Outline object) {
        String candidateId = own(object, "candidate_id");
        return new Attributes()
                .put("action", action.isEmpty() ? null : action)
                .put("survivorId", object.text("new_candidate_id"))
                .put("applicationId", own(object, "application_id"))
                .put("candidateId", candidateId == null ? object.text("candidate", "id") : candidateId)
                .put("jobId", own(object, "job_id"))
                .put("jobIds", jobIds(object))
                .put("prospect", action.equals("new_prospect_application") ? "true" : null);
    }

    /** After a deletion related ids lie flat in the payload. */
    private @Nullable String own(Outline object, String name) {
        String id = object.text(name);
        return id == null ? payload.text(name) : id;
    }

    private static @Nullable String jobIds(Outline object) {
        List<Outline> jobs = object.list("jobs");
        StringJoiner ids = new StringJoiner(",");
        for (int i = 0; i < Math.min(jobs.size(), JOBS_MAX); i++) {
            String id = jobs.get(i).text("id");
            if (id != null) {
                ids.add(id);
            }
        }
        return ids.length() == 0 ? null : ids.toString();
    }
}
