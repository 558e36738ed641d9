/**
 * Notifications, the subscriptions they go to, and their deliveries, in the original's shapes and for the original's ways
 * to work with them: see what is queued, and send it.
 *
 * <p>A subscription is an endpoint; it is made by an instance's callback URL. A notification has the id that its receiver
 * got as {@code webhook-id}, and that names its delivery, too. A caller sees what belongs to its own organization's
 * instances.
 */
@NullMarked
package dev.sluice.gateway.notifications;

import org.jspecify.annotations.NullMarked;
