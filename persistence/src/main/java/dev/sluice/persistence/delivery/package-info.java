/**
 * What is owed to endpoints and what became of it: the attempt log and the owed deliveries, the only queue.
 *
 * <p>A delivery is accounted for when it has an ending in the attempt log or a row among the owed.
 */
@NullMarked
package dev.sluice.persistence.delivery;

import org.jspecify.annotations.NullMarked;
