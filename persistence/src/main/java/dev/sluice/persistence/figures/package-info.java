/**
 * What attempts came to, counted by the minute: of each endpoint, and of each organization's endpoints together. Figures for
 * people: what a node that dies had counted in the last seconds is missing from them, and nothing is decided by them.
 */
@NullMarked
package dev.sluice.persistence.figures;

import org.jspecify.annotations.NullMarked;
