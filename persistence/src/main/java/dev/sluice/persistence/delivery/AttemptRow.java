package dev.sluice.persistence.delivery;

import dev.sluice.persistence.copy.CopyRow;
import dev.sluice.persistence.copy.CopyWriter;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.instance.Endpoint;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as its row.
 *
 * @param counts whether its ending is written: not when the lease was lost
 */
record AttemptRow(Attempt attempt, boolean counts) implements CopyRow {
    static final String COPY = """
            COPY attempt (event_id, endpoint_id, part, attempt, attempted_at, instance_id, outcome, ending, status,
                          duration_micros, error, url_number, response)
            FROM STDIN WITH (FORMAT binary)""";
    private static final int COLUMNS = 13;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void writeHead(CopyWriter out) {
        DeliveryId delivery = attempt.delivery();
        out.uuid(delivery.eventId().id());
        out.int8(delivery.endpointId());
        out.int2(delivery.part());
        out.int4(attempt.number());
        out.timestamp(attempt.at());
        out.int8(delivery.eventId().instanceId());
        out.text(attempt.outcome());
        Attempt.Ending ending = attempt.ending();
        out.nullableText(ending == null || !counts ? null : ending.name().toLowerCase(Locale.ROOT));
        out.nullableInt2(attempt.status());
        out.micros(attempt.duration());
        out.nullableText(attempt.error());
        if (attempt.urlNumber() == Endpoint.FIRST_URL) {
            out.missing();
        } else {
            out.int4(attempt.urlNumber());
        }
    }

    @Override
    public byte @Nullable [] tail() {
        Body response = attempt.response();
        return response == null ? null : response.bytes();
    }
}
