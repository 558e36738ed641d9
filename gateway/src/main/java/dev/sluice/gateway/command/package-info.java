/**
 * What the jar does beside serving: words on the command line, for whoever sets a gateway up or tries one. None of it starts
 * the application; it talks to a running gateway over its API, as anybody would, and may wait for the answer.
 */
@NullMarked
package dev.sluice.gateway.command;

import org.jspecify.annotations.NullMarked;
