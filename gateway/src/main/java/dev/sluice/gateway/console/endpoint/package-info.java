/**
 * The console's pages about endpoints, all of an organization's or one instance's: how each does, by figures of the last hour
 * and by what it is owed, and what may be done about it.
 */
@NullMarked
package dev.sluice.gateway.console.endpoint;

import org.jspecify.annotations.NullMarked;
