/**
 * What a request gets that cannot be served: one shape of answer, {@code {requestId, message}}, for every route;
 * {@code providerMessage} comes with it where a provider said why.
 *
 * <p>Handlers throw; nobody else turns an exception into a status. Messages give what was found and what is expected, never
 * a secret and never a payload.
 */
@NullMarked
package dev.sluice.gateway.error;

import org.jspecify.annotations.NullMarked;
