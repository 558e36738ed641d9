/**
 * What a node stands on before anything else may run: its database, embedded or external, reachable, durable and migrated;
 * the few files that it must not lose; and the first secrets. Blocks, because nothing else runs yet.
 */
@NullMarked
package dev.sluice.gateway.lifecycle.storage;

import org.jspecify.annotations.NullMarked;
