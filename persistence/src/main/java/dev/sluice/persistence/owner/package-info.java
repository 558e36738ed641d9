/**
 * What the shared webhook URL finds instances by: terms in the clear, written in the transaction that changes the instance.
 *
 * <p>What a term means is not known here; it is compared as it is. A question costs by its answer, however many instances
 * there are.
 */
@NullMarked
package dev.sluice.persistence.owner;

import org.jspecify.annotations.NullMarked;
