package dev.sluice.gateway.request;

/** How much of a list fits into one answer: what is above 16 MB is left for the next page. For one subscriber. */
public final class BodyBudget {
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    private long bytes;

    /** Whether the list ends with a record of that size. */
    public boolean isSpentBy(long recordBytes) {
        bytes += recordBytes;
        return isSpent();
    }

    /** Whether the list has ended before its page did. */
    public boolean isSpent() {
        return bytes >= BYTES_MAX;
    }
}
