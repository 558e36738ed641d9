/**
 * A delivery in hand, what an attempt of it came to, and what follows from that. Values and decisions only: whoever calls,
 * claims and writes uses them.
 */
@NullMarked
package dev.sluice.gateway.delivery.attempt;

import org.jspecify.annotations.NullMarked;
