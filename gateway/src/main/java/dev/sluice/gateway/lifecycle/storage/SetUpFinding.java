package dev.sluice.gateway.lifecycle.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a review of one thing came to.
 *
 * @param subject what was looked at
 * @param found what it is like
 * @param remedy what to do about it, in whole sentences; empty when all is well
 */
public record SetUpFinding(String subject, String found, String remedy) {

    /** All is well. */
    public static SetUpFinding well(String subject, String found) {
        return new SetUpFinding(subject, found, "");
    }

    /** Something has to be changed. */
    public static SetUpFinding problem(String subject, @Nullable String found, String remedy) {
        return new SetUpFinding(subject, found == null ? "unusable" : found, remedy);
    }

    /** Whether there is nothing to do. */
    public boolean isWell() {
        return remedy.isEmpty();
    }
}
