package dev.sluice.persistence.eventlog;

/** What became of a draft. */
public sealed interface Appended {

    /** It is committed. */
    record Stored(CommittedEvent event) implements Appended {}

    /** It is a repeat of what is committed already; nothing was stored. */
    record Repeat() implements Appended {}
}
