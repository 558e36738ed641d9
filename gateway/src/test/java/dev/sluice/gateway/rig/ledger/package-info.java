/**
 * A record of every id outside the gateway, so that no kill can touch it: what was sent and how it was answered, what came
 * and how often, and whether it came in order.
 */
@NullMarked
package dev.sluice.gateway.rig.ledger;

import org.jspecify.annotations.NullMarked;
