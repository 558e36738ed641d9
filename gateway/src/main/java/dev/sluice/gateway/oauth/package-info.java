/**
 * Instances' access to their providers: what users agreed to becomes tokens, tokens stay good, and are given back.
 *
 * <p>Promises: of all nodes one at a time asks for new tokens of an instance; they are stored before they are used; codes
 * and tokens are in no log, no error and no answer. A provider that is away costs an instance without a code a warning.
 */
@NullMarked
package dev.sluice.gateway.oauth;

import org.jspecify.annotations.NullMarked;
