/** Charts of what was measured, drawn by the run that measured it: SVG text, the same for the same figures. */
@NullMarked
package dev.sluice.gateway.chart;

import org.jspecify.annotations.NullMarked;
