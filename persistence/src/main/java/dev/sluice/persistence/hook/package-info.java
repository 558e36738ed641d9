/**
 * The webhooks that we registered at providers. One at a time works on an instance's, under a lease on the row; nobody holds
 * a connection while a provider answers.
 */
@NullMarked
package dev.sluice.persistence.hook;

import org.jspecify.annotations.NullMarked;
