/**
 * Looks for what must never be: a due delivery that nobody claims, a committed event that is neither delivered nor owed nor
 * given up.
 *
 * <p>Promises: it reads by keys and within limits, however long the log is, and changes nothing.
 */
@NullMarked
package dev.sluice.persistence.invariant;

import org.jspecify.annotations.NullMarked;
