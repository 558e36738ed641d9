/** Who is signed in to the console: rows that all nodes see and restarts leave alone. */
@NullMarked
package dev.sluice.persistence.session;

import org.jspecify.annotations.NullMarked;
