package dev.sluice.persistence.search;

import dev.sluice.persistence.eventlog.EventId;

/** An event that was looked for. */
public record FoundEvent(EventId id, String elementKey, EventStatus status) {}
