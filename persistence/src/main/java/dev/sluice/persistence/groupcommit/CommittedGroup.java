package dev.sluice.persistence.groupcommit;

import java.time.Duration;

/**
 * A group that was committed.
 *
 * @param members how many
 * @param longestWait of its first member, from its submission to the commit
 */
public record CommittedGroup(int members, Duration longestWait) {}
