/**
 * Operational webhooks: tells an organization what happens to its endpoints, at a URL it sets.
 *
 * <p>A notice is signed and repeated like any notification, waits in the database until it is delivered or its schedule is
 * used up, and may come twice, with the same {@code webhook-id}.
 */
@NullMarked
package dev.sluice.gateway.notice;

import org.jspecify.annotations.NullMarked;
