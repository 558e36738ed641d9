/**
 * Signing in to the console by OpenID Connect, where the operator names an issuer: the code flow with PKCE, whose state,
 * nonce and verifier all derive of one random token in the browser's cookie, so that nothing is kept here and any node may
 * answer. Who that is, two claims say: the organization, and a user that the administrator has made there.
 *
 * <p>What the issuer says is checked by Nimbus's library; it is asked by the client that providers are asked by.
 */
@NullMarked
package dev.sluice.gateway.console.oidc;

import org.jspecify.annotations.NullMarked;
