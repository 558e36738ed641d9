/**
 * The local start's own callback, so that the first notification is seen in the terminal with nothing else running. It
 * keeps the last few notifications in memory, checks both signatures with a published key, and is not there otherwise.
 */
@NullMarked
package dev.sluice.gateway.demo;

import org.jspecify.annotations.NullMarked;
