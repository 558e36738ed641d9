/** Reads the attempt log, which {@code delivery} writes: what was tried for an event, and how it ended. */
@NullMarked
package dev.sluice.persistence.attempt;

import org.jspecify.annotations.NullMarked;
