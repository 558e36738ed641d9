/** What stands between two processes: a link that fails as networks do, a balancer, a connection by the byte. */
@NullMarked
package dev.sluice.gateway.rig.network;

import org.jspecify.annotations.NullMarked;
