/** When a failed delivery is tried again: pure functions of durations. */
@NullMarked
package dev.sluice.gateway.delivery.retry;

import org.jspecify.annotations.NullMarked;
