/**
 * The promise, put to the test from outside: what was acknowledged is neither lost nor changed, whatever is killed.
 * {@code verify} runs the short slice, {@code mvn -q -Pfaults verify} the long one.
 */
@NullMarked
package dev.sluice.gateway.faults;

import org.jspecify.annotations.NullMarked;
