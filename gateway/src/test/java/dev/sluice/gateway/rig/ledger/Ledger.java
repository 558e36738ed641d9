package dev.sluice.gateway.rig.ledger;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was sent and how it was answered, by id: kept outside the gateway, so that no kill can touch it. */
public final class Ledger {
    /** The connection broke before an answer: nobody knows whether the event was stored. */
    public static final int BROKEN = -1;

    private static final int FIRST_CAPACITY = 1 << 16;

    private final long firstId;
    private long[] intendedMicros = new long[FIRST_CAPACITY];
    private long[] answeredMicros = new long[FIRST_CAPACITY];
    private long[] status = new long[FIRST_CAPACITY];
    private int size;
    private int acknowledged;

    /** @param firstId ids are counted from here */
    public Ledger(long firstId) {
        this.firstId = firstId;
    }

    /** Takes the next id. */
    public synchronized long issue(long intendedAtMicros) {
        if (size == status.length) {
            intendedMicros = Arrays.copyOf(intendedMicros, 2 * size);
            answeredMicros = Arrays.copyOf(answeredMicros, 2 * size);
            status = Arrays.copyOf(status, 2 * size);
        }
        intendedMicros[size] = intendedAtMicros;
        return firstId + size++;
    }

    /** Notes an answer; an acknowledged id stays so. */
    public synchronized void answered(long id, int httpStatus, long micros) {
        int index = Math.toIntExact(id - firstId);
        if (!isSuccess(status[index])) {
            status[index] = httpStatus;
            answeredMicros[index] = micros;
            acknowledged += isSuccess(httpStatus) ? 1 : 0;
        }
    }

    /** Whether it says that the webhook, or the notification, was taken. */
    public static boolean isSuccess(long httpStatus) {
        return httpStatus >= 200 && httpStatus < 300;
    }

    /** How many ids were taken. */
    public synchronized int issued() {
        return size;
    }

    /** How many were answered with 2xx. */
    public synchronized int acknowledged() {
        return acknowledged;
    }

    /** How many were not answered with 2xx (yet), by the last status; 0 is no answer, {@link #BROKEN} a broken connection. */
    public synchronized Map<Long, Long> refusals() {
        return Arrays.stream(status, 0, size)
                .filter(httpStatus -> !isSuccess(httpStatus))
                .boxed()
                .collect(Collectors.groupingBy(httpStatus -> httpStatus, TreeMap::new, Collectors.counting()));
    }

    /** Whether that id was answered with 2xx. */
    public synchronized boolean isAcknowledged(long id) {
        return isSuccess(status[Math.toIntExact(id - firstId)]);
    }

    /** The first id. */
    public long firstId() {
        return firstId;
    }

    /** A copy by column, one row an id: when it was meant to be sent, when it was answered (0: not), the last status. */
    public synchronized Sent sent() {
        return new Sent(
                firstId,
                new LongColumns(
                        Arrays.copyOf(intendedMicros, size),
                        Arrays.copyOf(answeredMicros, size),
                        Arrays.copyOf(status, size)));
    }

    /** The same of the ids from {@code from} on, up to but not with {@code to}. */
    public synchronized Sent sent(int from, int to) {
        return new Sent(
                firstId + from,
                new LongColumns(
                        Arrays.copyOfRange(intendedMicros, from, to),
                        Arrays.copyOfRange(answeredMicros, from, to),
                        Arrays.copyOfRange(status, from, to)));
    }
}
