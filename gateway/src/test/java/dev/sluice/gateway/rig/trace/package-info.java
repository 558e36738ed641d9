/** Where traces go: a collector that understands OTLP by itself. */
@NullMarked
package dev.sluice.gateway.rig.trace;

import org.jspecify.annotations.NullMarked;
