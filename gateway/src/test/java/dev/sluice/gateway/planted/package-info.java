/**
 * Secrets that tests give, and the search for them in all that comes out. Tests take every secret from
 * {@link dev.sluice.gateway.planted.Planted}; what gateways answer and what their processes say is kept below
 * {@code target/said}, what tests print in the reports' directories; and the last step of the build, {@code OutputCheck},
 * goes through all of it, of all modules.
 */
@NullMarked
package dev.sluice.gateway.planted;

import org.jspecify.annotations.NullMarked;
