package dev.sluice.persistence.instance;

import dev.sluice.persistence.secret.SecretCipher;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of an instance is stored encrypted only, as one JSON object.
 *
 * @param token what a client names the instance by
 * @param configuration the secret keys and their values
 */
record SealedSecrets(String token, Map<String, String> configuration) {
    /** What stands before the instance's id in the name of what the ciphertext belongs to. */
    static final String OWNER = "instance/";

    private static final JsonMapper JSON = JsonMapper.shared();

    byte[] seal(SecretCipher cipher, long instanceId) {
        return cipher.encrypt(JSON.writeValueAsString(this), owner(instanceId));
    }

    static SealedSecrets open(SecretCipher cipher, long instanceId, byte[] sealed) {
        return JSON.readValue(cipher.decrypt(sealed, owner(instanceId)), SealedSecrets.class);
    }

    private static String owner(long instanceId) {
        return OWNER + instanceId;
    }

    @Override
    public String toString() {
        return "SealedSecrets[" + configuration.keySet() + "]";
    }
}
