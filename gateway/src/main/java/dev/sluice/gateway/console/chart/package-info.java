/** Small charts of the last hour, minute by minute: drawn by the server as SVG, with the same in words for who cannot see it. */
@NullMarked
package dev.sluice.gateway.console.chart;

import org.jspecify.annotations.NullMarked;
