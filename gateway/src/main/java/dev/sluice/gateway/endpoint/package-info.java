/**
 * The endpoints of an instance in the API: how each is, and calls to have one deactivated or active again.
 *
 * <p>Endpoints are made and changed by the instance's callback URLs, never here.
 */
@NullMarked
package dev.sluice.gateway.endpoint;

import org.jspecify.annotations.NullMarked;
