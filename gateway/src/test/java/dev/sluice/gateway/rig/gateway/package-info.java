/** The gateway as a process of its own: from its classes, under guard or from its jar, started again on the same ports and data. */
@NullMarked
package dev.sluice.gateway.rig.gateway;

import org.jspecify.annotations.NullMarked;
