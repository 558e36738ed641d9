/**
 * What an endpoint is sent: the notification's bytes in the original's shape, its headers, its signatures, and all that an
 * instance's configuration says of them. Nothing here sends.
 */
@NullMarked
package dev.sluice.gateway.delivery.notification;

import org.jspecify.annotations.NullMarked;
