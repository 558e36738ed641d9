/**
 * Encrypts what customers entrust to us before it reaches a table.
 *
 * <p>Every ciphertext is bound to what it belongs to: copied to another row, it cannot be read. The keyset never enters the
 * database. Keys are changed while everything goes on: one is added, promoted, and the former removed.
 */
@NullMarked
package dev.sluice.persistence.secret;

import org.jspecify.annotations.NullMarked;
