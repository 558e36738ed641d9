/**
 * Holds all that tests send and are answered against {@code docs/openapi.yaml}: a client of the gateway made here fails at
 * the first request or answer that is not as the document says.
 */
@NullMarked
package dev.sluice.gateway.contract;

import org.jspecify.annotations.NullMarked;
