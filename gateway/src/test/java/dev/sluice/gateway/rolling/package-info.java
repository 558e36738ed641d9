/**
 * Nodes restarted one after the other behind a real balancer while webhooks come, and what each restart cost who sent and who
 * received them. One round of it in {@code verify}, many under a high rate in {@code mvn -q -Pfaults verify}.
 */
@NullMarked
package dev.sluice.gateway.rolling;

import org.jspecify.annotations.NullMarked;
