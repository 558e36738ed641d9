/**
 * The read side of events: what arrived, what was made of it and what became of its deliveries.
 *
 * <p>A caller sees the events of its own organization's instances. Lists are read by the log's key only, newest first, and a
 * page is as short as its bodies are long.
 */
@NullMarked
package dev.sluice.gateway.events;

import org.jspecify.annotations.NullMarked;
