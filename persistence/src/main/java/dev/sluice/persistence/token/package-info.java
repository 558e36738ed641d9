/**
 * Instances' tokens at their providers: encrypted, and refreshed by one at a time.
 *
 * <p>A lease on the row says who may ask the provider for new tokens: owner and until when, by the database's clock. It is
 * taken and given back by single statements, so that nobody holds a connection while a provider answers. Every grant has
 * a generation; whoever lost the lease, or comes with an older generation, changes nothing.
 */
@NullMarked
package dev.sluice.persistence.token;

import org.jspecify.annotations.NullMarked;
