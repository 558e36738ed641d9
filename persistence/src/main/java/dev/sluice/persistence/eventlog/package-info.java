/**
 * The event log: webhooks as received and what was made of them, appended in groups, never changed.
 *
 * <p>{@link dev.sluice.persistence.eventlog.EventLog} is the one door in. It promises that an answer comes only after the
 * commit, and that every committed event is handed on exactly once in this process.
 */
@NullMarked
package dev.sluice.persistence.eventlog;

import org.jspecify.annotations.NullMarked;
