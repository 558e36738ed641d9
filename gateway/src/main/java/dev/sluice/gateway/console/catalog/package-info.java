/** The console's catalog: what elements there are, what each can do, and how many instances it has. */
@NullMarked
package dev.sluice.gateway.console.catalog;

import org.jspecify.annotations.NullMarked;
