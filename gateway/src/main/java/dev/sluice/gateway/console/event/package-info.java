/**
 * The console's pages about events: the list with its filters and its live first page, the same as CSV, and one event from
 * its receipt to every attempt, with what came in and what goes out, and how to send it again.
 */
@NullMarked
package dev.sluice.gateway.console.event;

import org.jspecify.annotations.NullMarked;
