/**
 * The console's pages about instances: the cards, the form that makes and changes them, the page of one, and the way to the
 * provider and back. What is done is done by {@code provisioning}, as for the API.
 */
@NullMarked
package dev.sluice.gateway.console.instance;

import org.jspecify.annotations.NullMarked;
