/** How this node talks to PostgreSQL: where it is, the pool, connections of one's own, the schema and its guarantees. */
@NullMarked
package dev.sluice.persistence.connection;

import org.jspecify.annotations.NullMarked;
