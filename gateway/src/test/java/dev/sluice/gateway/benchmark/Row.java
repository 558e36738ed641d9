package dev.sluice.gateway.benchmark;

/**
 * One line of the table: a stage, medians of its repetitions.
 *
 * @param perSecond events a second
 * @param p50Millis from the request's time to its answer or, end to end, to the callback's answer
 * @param cpuMicros an event
 * @param failed requests that were not acknowledged, over all repetitions
 * @param foreignPercent of one core, used by others
 */
record Row(
        String stage,
        double perSecond,
        double p50Millis,
        double p99Millis,
        Cpu cpuMicros,
        long failed,
        double foreignPercent) {}
