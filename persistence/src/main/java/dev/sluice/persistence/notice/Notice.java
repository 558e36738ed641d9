package dev.sluice.persistence.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Something to be told, which this node holds under a lease.
 *
 * @param topic as in {@code event.endpoint.deactivated}
 * @param message a JSON object
 * @param attempts made before
 * @param age since it was written, by the database's clock
 * @param generation this claim's number; a change with an older one changes nothing
 */
public record Notice(
        UUID id,
        String topic,
        String message,
        Instant createdAt,
        int attempts,
        Duration age,
        int generation,
        NoticeTarget target) {}
