package dev.sluice.persistence.token;

import java.util.UUID;

/**
 * A deleted instance that still has tokens at its provider.
 *
 * @param owner who says good-bye, until the lease ends
 * @param attempts how often it was tried before
 */
public record LeavingInstance(String elementKey, UUID owner, StoredTokens stored, int attempts) {}
