package dev.sluice.gateway.soak;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the gateway and its database took at one time.
 *
 * @param minute since the load began
 * @param rssMegabytes of the gateway's process, by the kernel
 * @param threads of it
 * @param descriptors open files and sockets of it
 * @param connections to PostgreSQL
 * @param tables of the database
 * @param owed deliveries that wait
 * @param perSecond webhooks sent since the sample before
 * @param p50Millis of the webhooks before those: from the time when each was to be sent to its callback's answer
 * @param p99Millis likewise
 * @param disturbed whether a fault struck in that time
 */
record Sample(
        double minute,
        double rssMegabytes,
        int threads,
        int descriptors,
        long connections,
        List<TableState> tables,
        long owed,
        double perSecond,
        double p50Millis,
        double p99Millis,
        boolean disturbed) {
    Sample {
        tables = List.copyOf(tables);
    }

    /** Dead tuples of the tables of a day, which grow, or of the others, which do not. */
    long dead(boolean ofADay) {
        return sum(ofADay, TableState::dead);
    }

    /** Of a hundred row versions in all tables. */
    double deadOfAHundred() {
        long dead = dead(true) + dead(false);
        long live = sum(true, TableState::live) + sum(false, TableState::live);
        return 100.0 * dead / Math.max(1, dead + live);
    }

    /** What the tables take that are not of a day, indexes included. */
    double lastingMegabytes() {
        return sum(false, TableState::bytes) / 1e6;
    }

    private long sum(boolean ofADay, ToLongFunction<TableState> figure) {
        return tables.stream()
                .filter(table -> table.growsByTheDay() == ofADay)
                .mapToLong(figure)
                .sum();
    }
}
