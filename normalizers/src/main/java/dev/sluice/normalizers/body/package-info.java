/**
 * Reading request bodies: JSON into a small outline, forms into fields, dates into instants.
 *
 * <p>Every body is checked to its last byte in the one pass that reads it, and what is kept of it is bounded whatever
 * the sender sends. A body that is not what its content type says is refused with a
 * {@link dev.sluice.normalizers.MalformedBodyException} that tells where and why, without quoting it.
 */
@NullMarked
package dev.sluice.normalizers.body;

import org.jspecify.annotations.NullMarked;
