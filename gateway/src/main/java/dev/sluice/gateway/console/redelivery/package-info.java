/**
 * The console's pages about sending many events again: what a filter means before it is sent, and how far an order for it
 * has come. The orders are the API's, and so is the work.
 */
@NullMarked
package dev.sluice.gateway.console.redelivery;

import org.jspecify.annotations.NullMarked;
