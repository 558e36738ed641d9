/**
 * Finds events: by instance, by organization, by what happened to which object and by what became of it.
 *
 * <p>Every list is read in the order of time from a place on, and looks at a bounded number of rows a page: where filters
 * leave little, a page is short and says where to go on. Nothing is ever counted over the log.
 */
@NullMarked
package dev.sluice.persistence.search;

import org.jspecify.annotations.NullMarked;
