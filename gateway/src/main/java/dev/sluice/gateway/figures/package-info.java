/**
 * Counts what attempts come to, for the pages that show it: in memory, where a count costs next to nothing, and every few
 * seconds into the database, where all nodes' counts come together.
 *
 * <p>Refuses to grow: beyond some thousands of endpoints a round, the rest are counted with their organization only.
 */
@NullMarked
package dev.sluice.gateway.figures;

import org.jspecify.annotations.NullMarked;
