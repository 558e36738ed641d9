package dev.sluice.gateway.delivery.notification;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes of an event what its notifications carry, the provider's body as JSON above all. */
public final class Contents {
    private static final Body NULL = new Body("null".getBytes(StandardCharsets.US_ASCII));
    private static final JsonFactory PARSER = new JsonFactory();
    private static final JsonMapper WRITER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Elements elements;

    /** @param elements know their own bodies */
    public Contents(Elements elements) {
        this.elements = elements;
    }

    /** What is told of an event fresh from the log. */
    public DeliverableEvent of(CommittedEvent event, String elementKey) {
        EventDraft draft = event.draft();
        Body raw = raw(elementKey, draft.contentType(), draft.body(), draft.failure() == null);
        return new DeliverableEvent(event.id(), event.items(), event.isOrdered(), raw, draft.headers());
    }

    /** What is told of an event read back from the log. */
    public DeliverableEvent of(StoredEvent event, String elementKey) {
        Body raw = raw(elementKey, event.contentType(), event.body(), event.failure() == null);
        return new DeliverableEvent(event.id(), event.items(), event.byObject(), raw, event.headers());
    }

    /**
     * JSON as the very bytes received, a form as the object it means, nothing as {@code null}, and anything else as a JSON
     * string: whatever was stored, a notification that carries it can be read.
     *
     * @param understood whether the element has read this body without an error
     */
    Body raw(String elementKey, String contentType, Body body, boolean understood) {
        if (body.length() == 0) {
            return NULL;
        }
        Optional<Element> element = elements.find(elementKey);
        if (element.isEmpty()) {
            return jsonOrText(body);
        }
        try {
            byte[] raw = element.get().raw(contentType, body.bytes());
            Body json = raw == body.bytes() ? body : new Body(raw);
            return understood ? json : jsonOrText(json);
        } catch (RuntimeException notWhatItsTypeSays) {
            return jsonOrText(body);
        }
    }

    private static Body jsonOrText(Body body) {
        return isJson(body.bytes())
                ? body
                : new Body(WRITER.writeValueAsBytes(new String(body.bytes(), StandardCharsets.UTF_8)));
    }

    private static boolean isJson(byte[] bytes) {
        try (JsonParser parser = PARSER.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException malformed) {
            return false;
        }
    }
}
