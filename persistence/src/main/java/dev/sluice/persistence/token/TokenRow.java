package dev.sluice.persistence.token;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.secret.SecretCipher;
import io.r2dbc.spi.Readable;
import tools.jackson.databind.json.JsonMapper;

/** Between tokens and their row. The ciphertext is bound to the instance. */
final class TokenRow {
    static final String COLUMNS = """
            provider_token.instance_id, sealed, generation, failures, problem,
            coalesce(expires_at <= now() + interval '30 seconds', false) AS expired""";

    /** What stands before the instance's id in the name of what the ciphertext belongs to. */
    static final String OWNER = "provider-token/";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SecretCipher cipher;

    TokenRow(SecretCipher cipher) {
        this.cipher = cipher;
    }

    byte[] seal(long instanceId, ProviderTokens tokens) {
        return cipher.encrypt(JSON.writeValueAsString(tokens), owner(instanceId));
    }

    StoredTokens read(Readable row) {
        long instanceId = requireNonNull(row.get("instance_id", Long.class));
        String json = cipher.decrypt(requireNonNull(row.get("sealed", byte[].class)), owner(instanceId));
        return new StoredTokens(
                instanceId,
                requireNonNull(row.get("generation", Long.class)),
                JSON.readValue(json, ProviderTokens.class),
                requireNonNull(row.get("expired", Boolean.class)),
                requireNonNull(row.get("failures", Integer.class)),
                row.get("problem", String.class));
    }

    private static String owner(long instanceId) {
        return OWNER + instanceId;
    }
}
