package dev.sluice.normalizers;

import dev.sluice.normalizers.item.NormalizedItem;
import java.util.List;
import reactor.core.publisher.Flux;

/** What a verified webhook is for: to shake hands, or to tell of something that happened. */
public sealed interface Intake {

    /**
     * A ping, challenge or validation request: answered as the provider wants it, stored nowhere, sent to nobody.
     *
     * @param status the HTTP status to answer with
     * @param contentType the answer's media type, empty when the body is
     * @param body the answer's body, often empty
     */
    record Handshake(int status, String contentType, String body) implements Intake {
        /** The empty 200 that most providers want. */
        public static final Handshake OK = new Handshake(200, "", "");
    }

    /**
     * Something happened.
     *
     * @param dedupeKeys the provider's ids for this webhook; a match of any one makes it a repeat; empty when the items
     *     carry their own
     * @param items what happened, item by item as the body is read; cold, may be subscribed to once
     * @param marks what the instance's owner has to do about it; usually empty
     */
    record Event(List<String> dedupeKeys, Flux<NormalizedItem> items, List<Mark> marks) implements Intake {
        public Event {
            dedupeKeys = List.copyOf(dedupeKeys);
            marks = List.copyOf(marks);
        }
    }
}
