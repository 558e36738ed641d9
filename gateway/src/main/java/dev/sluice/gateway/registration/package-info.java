/**
 * Webhooks at providers: registered where the provider lets us, looked at once a day and put up again when they are gone,
 * removed with their instance.
 *
 * <p>Promises: a key is stored before the provider signs with it, and what was registered before anything else is; of all
 * nodes one at a time works on an instance's; a provider that is away is tried again later and delays no delete.
 */
@NullMarked
package dev.sluice.gateway.registration;

import org.jspecify.annotations.NullMarked;
