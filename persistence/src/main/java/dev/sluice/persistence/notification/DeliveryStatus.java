package dev.sluice.persistence.notification;

/** How far a delivery has come, in the words of deliveries' lists. */
public enum DeliveryStatus {
    /** It is on its way, and no attempt has failed. */
    CREATED,
    /** An attempt failed, and another follows by itself. */
    RETRY,
    /**
     * It waits until something changes: its endpoint is deactivated, its instance disabled, it was parked before any attempt, or
     * its retry schedule is used up.
     */
    QUEUED,
    /** The callback took it. */
    DELIVERED,
    /** It is over for another reason: the callback answered 410, the endpoint was deleted … */
    FAILED
}
