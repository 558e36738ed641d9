package dev.sluice.persistence.search;

/** How far an event has come. */
public enum EventStatus {
    /** Nothing was attempted yet, or nobody is owed it. */
    RECEIVED,
    /** Something was attempted, and something is still owed. */
    DISPATCHED,
    /** All callbacks took it. */
    NOTIFIED,
    /** Some delivery ended otherwise than delivered. */
    FAILED
}
