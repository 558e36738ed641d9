package dev.sluice.normalizers.item;

/** What happened to an object, in the words customers know. */
public enum EventType {
    CREATED,
    UPDATED,
    DELETED,
    /** Looked at or downloaded. Only where the installation asks for it; UPDATED otherwise. */
    RETRIEVED,
    /** The provider's word could not be understood; the raw body tells. */
    UNKNOWN
}
