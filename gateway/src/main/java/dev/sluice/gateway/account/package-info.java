/**
 * Who calls the API: {@code Authorization: User <secret>, Organization <secret>[, Element <token>]}, as the original has it;
 * an element token may stand in for the organization. The administrator makes organizations and users and rotates their
 * secrets. An organization that asks too much too fast waits.
 *
 * <p>Only the API is guarded here. Webhooks are proven by their signatures and pass by. Nothing is ever allowed for the
 * address it comes from.
 */
@NullMarked
package dev.sluice.gateway.account;

import org.jspecify.annotations.NullMarked;
