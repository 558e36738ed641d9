/**
 * The read side of events: what arrived, what was made of it and what became of its deliveries.
 *
 * <p>A caller sees the events of its own organization's instances. Lists are the newest first; a page is as short as its
 * bodies are long, and may be short where a filter is fine: the header with the next page's token says whether more follows.
 */
@NullMarked
package dev.sluice.gateway.events;

import org.jspecify.annotations.NullMarked;
