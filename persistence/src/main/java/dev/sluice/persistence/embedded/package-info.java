/** A real PostgreSQL that comes with the gateway, for the first five minutes and for tests. */
@NullMarked
package dev.sluice.persistence.embedded;

import org.jspecify.annotations.NullMarked;
