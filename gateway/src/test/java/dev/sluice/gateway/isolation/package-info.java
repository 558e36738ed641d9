/** Proofs that go through everything the gateway serves and says: nobody sees another's, and no secret comes out. */
@NullMarked
package dev.sluice.gateway.isolation;

import org.jspecify.annotations.NullMarked;
