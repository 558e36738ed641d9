package dev.sluice.gateway.soak;

/**
 * What the gateway and its database took at one time.
 *
 * @param minute since the load began
 * @param rssMegabytes of the gateway's process, by the kernel
 * @param threads of it
 * @param descriptors open files and sockets of it
 * @param connections to PostgreSQL
 * @param deadTuples of all tables, by PostgreSQL's own count
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
        long deadTuples,
        long owed,
        double perSecond,
        double p50Millis,
        double p99Millis,
        boolean disturbed) {}
