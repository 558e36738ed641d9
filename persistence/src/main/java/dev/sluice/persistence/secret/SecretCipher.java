package dev.sluice.persistence.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Authenticated encryption (AES-256-GCM) with a keyset from a file. The keyset may hold several keys: the primary one
 * encrypts, all of them decrypt. Safe for use from many threads.
 */
public final class SecretCipher {
    private final Aead aead;

    private SecretCipher(Aead aead) {
        this.aead = aead;
    }

    /**
     * Reads the keyset from the file. Blocks.
     *
     * @throws KeysetException when the file is missing, unreadable or no keyset
     */
    public static SecretCipher read(Path keyset) {
        return of(keyset, KeysetFile.read(keyset));
    }

    /**
     * Reads the keyset from the file, which is made, readable by its owner only, when it is missing. Processes that do so
     * at once end up with the same keyset. Blocks.
     *
     * @throws KeysetException when the file cannot be made, is unreadable or no keyset
     */
    public static SecretCipher readOrGenerate(Path keyset) {
        return of(keyset, KeysetFile.readOrWrite(keyset, SecretCipher::generate));
    }

    private static SecretCipher of(Path file, String json) {
        try {
            AeadConfig.register();
            KeysetHandle keyset = TinkJsonProtoKeysetFormat.parseKeyset(
                    json, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
            return new SecretCipher(keyset.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException malformed) {
            throw new KeysetException(file, "not a keyset in JSON with keys for AEAD", malformed);
        }
    }

    private static String generate() {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()),
                    RegistryConfiguration.get(),
                    InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException("AES-256-GCM: not available in this Java runtime", unavailable);
        }
    }

    /**
     * Encrypts the text.
     *
     * @param belongsTo what it is part of, such as {@code instance/4711}; needed again to decrypt
     */
    public byte[] encrypt(String text, String belongsTo) {
        try {
            return aead.encrypt(text.getBytes(UTF_8), belongsTo.getBytes(UTF_8));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("encrypting for " + belongsTo + " failed", failed);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made for the same owner.
     *
     * @throws UndecipherableException when it was made with another keyset or for another owner, or was changed since
     */
    public String decrypt(byte[] ciphertext, String belongsTo) {
        try {
            return new String(aead.decrypt(ciphertext, belongsTo.getBytes(UTF_8)), UTF_8);
        } catch (GeneralSecurityException undecipherable) {
            throw new UndecipherableException(belongsTo, undecipherable);
        }
    }
}
