/**
 * Whose a webhook on the shared URL is: what instances are found by, and what a webhook says of it. Finding them among many
 * is left to whoever stores them; {@link dev.sluice.normalizers.owner.OwnerTerm} is what both sides have in common.
 */
@NullMarked
package dev.sluice.normalizers.owner;

import org.jspecify.annotations.NullMarked;
