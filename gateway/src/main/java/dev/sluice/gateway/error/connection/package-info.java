/**
 * What comes on a connection and is no HTTP: refused in the shape of every other error, before there is a request to speak of.
 */
@NullMarked
package dev.sluice.gateway.error.connection;

import org.jspecify.annotations.NullMarked;
