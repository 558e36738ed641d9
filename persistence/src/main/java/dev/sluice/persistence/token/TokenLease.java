package dev.sluice.persistence.token;

import java.util.UUID;

/**
 * The right to ask the provider for new tokens, or to give the tokens back.
 *
 * @param owner who has it
 * @param stored the tokens as they stood when it was taken
 */
public record TokenLease(UUID owner, StoredTokens stored) {}
