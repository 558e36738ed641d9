/** Says in words for people why a notification did not arrive, and what its receiver or its owner can do about it. */
@NullMarked
package dev.sluice.gateway.delivery.explanation;

import org.jspecify.annotations.NullMarked;
