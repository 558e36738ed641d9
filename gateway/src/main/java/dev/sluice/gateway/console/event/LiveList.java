package dev.sluice.gateway.console.event;

import dev.sluice.persistence.search.EventFilter;

/**
 * A list that is shown as it grows.
 *
 * @param filter of its events
 * @param prefix what its links begin with, as a proxy before us says; mostly empty
 */
record LiveList(EventFilter filter, String prefix) {}
