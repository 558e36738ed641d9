/**
 * What organizations are told of their endpoints: where to, and what waits to be told.
 *
 * <p>A notice is written by the statement that changes what it tells of. It is delivered at least once, under a lease.
 */
@NullMarked
package dev.sluice.persistence.notice;

import org.jspecify.annotations.NullMarked;
