/**
 * What every handler of the API reads a request with: its body as JSON, texts for people, which page of a list.
 *
 * <p>Whoever sent something else learns which field is wrong, what was found and what is expected; a secret is never quoted.
 */
@NullMarked
package dev.sluice.gateway.request;

import org.jspecify.annotations.NullMarked;
