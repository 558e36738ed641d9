package dev.sluice.persistence.instance;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.secret.SecretCipher;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Between an instance and its row: JSON columns, and what is secret encrypted. */
final class InstanceRow {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> TEXT_BY_KEY = new TypeReference<>() {};
    private static final TypeReference<List<Endpoint>> ENDPOINTS = new TypeReference<>() {};

    private final SecretCipher cipher;

    InstanceRow(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /** Reads a row of {@code live_instance}. */
    Instance read(Readable row) {
        long id = requireNonNull(row.get("id", Long.class));
        SealedSecrets secrets = SealedSecrets.open(cipher, id, requireNonNull(row.get("secrets", byte[].class)));
        Map<String, String> configuration = new HashMap<>(JSON.readValue(text(row, "configuration"), TEXT_BY_KEY));
        configuration.putAll(secrets.configuration());
        return new Instance(
                id,
                requireNonNull(row.get("organization_id", Long.class)),
                requireNonNull(row.get("user_id", Long.class)),
                text(row, "element_key"),
                text(row, "name"),
                List.of(requireNonNull(row.get("tags", String[].class))),
                configuration,
                secrets.configuration().keySet(),
                secrets.token(),
                requireNonNull(row.get("disabled", Boolean.class)),
                Set.of(requireNonNull(row.get("marks", String[].class))),
                JSON.readValue(text(row, "endpoints"), ENDPOINTS),
                requireNonNull(row.get("created_at", Instant.class)),
                requireNonNull(row.get("updated_at", Instant.class)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }

    /** The column {@code configuration}: what is not secret, as a JSON object. */
    static String open(InstanceSettings settings) {
        return JSON.writeValueAsString(settings.openConfiguration());
    }

    /** The column {@code secrets}. */
    byte[] sealed(long id, String token, Map<String, String> configuration, Set<String> secretKeys) {
        Map<String, String> secret = new HashMap<>(configuration);
        secret.keySet().retainAll(secretKeys);
        return new SealedSecrets(token, secret).seal(cipher, id);
    }
}
