package dev.sluice.gateway.rig.ledger;

import java.util.Arrays;

/** What a receiver answered with success, by the id in the body. */
public final class Sightings {
    private static final int FIRST_CAPACITY = 1 << 16;

    private final long firstId;
    private long[] firstMicros = new long[FIRST_CAPACITY];
    private long[] webhookId = new long[FIRST_CAPACITY];
    private int[] times = new int[FIRST_CAPACITY];
    private int[] underAnotherId = new int[FIRST_CAPACITY];
    private int distinct;
    private int strange;

    /** Of ids from 0 on. */
    public Sightings() {
        this(0);
    }

    /** @param firstId ids are counted from here */
    public Sightings(long firstId) {
        this.firstId = firstId;
    }

    /** Notes a notification that was answered with success. */
    public synchronized void answered(long id, long webhook, long micros) {
        if (id < firstId || id - firstId > Integer.MAX_VALUE / 2 || webhook == 0) {
            strange++;
            return;
        }
        int index = (int) (id - firstId);
        makeRoomFor(index);
        if (times[index]++ == 0) {
            firstMicros[index] = micros;
            webhookId[index] = webhook;
            distinct++;
        } else if (webhookId[index] != webhook) {
            underAnotherId[index]++;
        }
    }

    private void makeRoomFor(int index) {
        if (index >= times.length) {
            int capacity = Integer.highestOneBit(index) * 2;
            firstMicros = Arrays.copyOf(firstMicros, capacity);
            webhookId = Arrays.copyOf(webhookId, capacity);
            times = Arrays.copyOf(times, capacity);
            underAnotherId = Arrays.copyOf(underAnotherId, capacity);
        }
    }

    /** How many ids came at least once. */
    public synchronized int distinct() {
        return distinct;
    }

    /** How many notifications had no id of ours or no {@code webhook-id}. */
    public synchronized int strange() {
        return strange;
    }

    /** A copy of what is known of {@code count} ids from {@code id} on. */
    public synchronized Received received(long id, int count) {
        int from = Math.toIntExact(id - firstId);
        makeRoomFor(from + count);
        return new Received(
                id,
                new LongColumns(
                        Arrays.copyOfRange(firstMicros, from, from + count),
                        widened(times, from, count),
                        widened(underAnotherId, from, count)));
    }

    private static long[] widened(int[] numbers, int from, int count) {
        return Arrays.stream(numbers, from, from + count).asLongStream().toArray();
    }
}
