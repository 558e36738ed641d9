/**
 * What elements there are, and what an instance of each can be configured with.
 *
 * <p>All of it comes from the elements themselves: a new one appears here without a change. Nothing here belongs to an
 * organization, so every caller sees the same.
 */
@NullMarked
package dev.sluice.gateway.catalog;

import org.jspecify.annotations.NullMarked;
