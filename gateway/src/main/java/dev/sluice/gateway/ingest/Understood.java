package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.Mark;
import dev.sluice.persistence.eventlog.EventDraft;
import java.time.Instant;
import java.util.List;

/** What a verified webhook is for. */
sealed interface Understood {

    /** It wants an answer and nothing else. */
    record Handshake(Intake.Handshake handshake) implements Understood {}

    /**
     * It goes into the log.
     *
     * @param at when it had arrived whole
     */
    record Event(EventDraft draft, List<Mark> marks, Instant at) implements Understood {
        public Event {
            marks = List.copyOf(marks);
        }
    }
}
