/** What an operator watches in the database: how much is owed, since when, and how the endpoints are. Reads only. */
@NullMarked
package dev.sluice.persistence.backlog;

import org.jspecify.annotations.NullMarked;
