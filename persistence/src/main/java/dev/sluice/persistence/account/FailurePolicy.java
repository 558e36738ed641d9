package dev.sluice.persistence.account;

/** What an organization wants to be done with a delivery that failed. */
public enum FailurePolicy {
    /** It is repeated by the retry schedule. */
    RETRY,
    /** It waits, and all that follow to its endpoint, until the endpoint is reactivated. */
    QUEUE
}
