/**
 * Deliveries as the API lists them: to which subscriptions, and how far each has come.
 *
 * <p>A subscription is an endpoint of an instance whose events are switched on; a notification is named by its delivery.
 * Nothing here is stored but acknowledgements: all else is read from the logs and from what is owed. Every list is read
 * from a place on, along an index, and looks at a bounded number of rows.
 */
@NullMarked
package dev.sluice.persistence.notification;

import org.jspecify.annotations.NullMarked;
