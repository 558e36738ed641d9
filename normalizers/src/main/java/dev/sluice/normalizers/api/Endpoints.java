package dev.sluice.normalizers.api;

import org.jspecify.annotations.Nullable;

/**
 * Where a provider's calls go. Each can be overridden, for a provider's own installation at a customer and for tests.
 *
 * @param authorizeUri where users agree
 * @param tokenUri where codes and refresh tokens become tokens
 * @param revokeUri where tokens are given back, null when there is no such call; {@code {client_id}} stands for the
 *     client's id
 * @param apiUri what the paths of other calls are appended to; {@code {dc}} stands for an account's data centre
 */
public record Endpoints(
        String authorizeUri, String tokenUri, @Nullable String revokeUri, String apiUri) {}
