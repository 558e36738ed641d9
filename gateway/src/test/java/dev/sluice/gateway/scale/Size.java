package dev.sluice.gateway.scale;

/**
 * How much there is.
 *
 * @param instances of the one organization, at least 1,000
 * @param events received within the week
 */
record Size(long instances, long events) {
    static final long DAYS = 7;
    private static final long WEEK_MICROS = DAYS * 86_400_000_000L;

    /** By the system properties {@code sluice.scale.instances} and {@code sluice.scale.events}. */
    static Size given() {
        return new Size(
                Long.getLong("sluice.scale.instances", 100_000), Long.getLong("sluice.scale.events", 10_000_000));
    }

    /** From one event to the next. */
    long stepMicros() {
        return WEEK_MICROS / events;
    }
}
