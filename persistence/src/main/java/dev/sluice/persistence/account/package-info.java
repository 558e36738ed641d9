/**
 * Organizations and their users: who may call the API.
 *
 * <p>Their secrets are stored as hashes: they can be looked up and replaced, never read back.
 */
@NullMarked
package dev.sluice.persistence.account;

import org.jspecify.annotations.NullMarked;
