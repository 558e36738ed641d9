/** PostgreSQL past the gateway: a server of its own, the one that a gateway embeds, and a look into the event log. */
@NullMarked
package dev.sluice.gateway.rig.postgres;

import org.jspecify.annotations.NullMarked;
