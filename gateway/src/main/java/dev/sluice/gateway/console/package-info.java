/**
 * The web console, on {@code /console}: provision, watch, understand, send again. Made on the server, complete without
 * scripts, and shown only to who is signed in.
 */
@NullMarked
package dev.sluice.gateway.console;

import org.jspecify.annotations.NullMarked;
