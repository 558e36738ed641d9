package dev.sluice.gateway.console.redelivery;

import dev.sluice.gateway.console.event.EventFilters;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.redelivery.RedeliveryJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * An order as its page shows it.
 *
 * @param state in lower case
 * @param tone the colour of the state
 * @param conditions the filter in words
 * @param percent how far it is on its way through time; -1 when that is not known
 * @param running whether it goes on
 */
record JobView(
        long id,
        String state,
        String tone,
        Map<String, String> conditions,
        String from,
        String to,
        String reached,
        String created,
        int percent,
        long events,
        long deliveries,
        boolean running) {
    private static final int ALL = 100;
    private static final int UNKNOWN = -1;

    static JobView of(RedeliveryJob job) {
        UUID from = job.from();
        return new JobView(
                job.id(),
                job.state().name().toLowerCase(Locale.ROOT),
                tone(job.state()),
                EventFilters.inWords(job.filter()),
                from == null ? "" : time(from),
                time(job.before()),
                time(job.after()),
                job.createdAt().toString(),
                percent(job),
                job.events(),
                job.deliveries(),
                job.state() == RedeliveryJob.State.RUNNING);
    }

    private static String tone(RedeliveryJob.State state) {
        return switch (state) {
            case RUNNING -> "";
            case DONE -> "good";
            case CANCELLED -> "warn";
        };
    }

    /** By time, because how many events lie ahead nobody has counted. */
    private static int percent(RedeliveryJob job) {
        UUID from = job.from();
        if (job.state() == RedeliveryJob.State.DONE) {
            return ALL;
        }
        if (from == null) {
            return UNKNOWN;
        }
        Instant begun = EventId.receivedAt(from);
        long way = Duration.between(begun, EventId.receivedAt(job.before())).toMillis();
        long gone = Duration.between(begun, EventId.receivedAt(job.after())).toMillis();
        return way <= 0 ? 0 : (int) Math.max(0, Math.min(ALL, gone * ALL / way));
    }

    private static String time(UUID place) {
        return EventId.receivedAt(place).toString();
    }
}
