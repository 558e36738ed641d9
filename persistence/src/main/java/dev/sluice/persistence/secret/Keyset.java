package dev.sluice.persistence.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Keys, one of them primary. A change makes another keyset. */
record Keyset(KeysetHandle handle) {

    /** @throws KeysetException when it is no keyset */
    static Keyset parse(Path file, String json) {
        try {
            AeadConfig.register();
            return new Keyset(TinkJsonProtoKeysetFormat.parseKeyset(
                    json, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException malformed) {
            throw new KeysetException(file, "not a keyset in JSON with keys for AEAD", malformed);
        }
    }

    /** A new keyset with one key. */
    static Keyset generate() {
        try {
            AeadConfig.register();
            return new Keyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
        } catch (GeneralSecurityException unavailable) {
            throw impossible(unavailable);
        }
    }

    int size() {
        return handle.size();
    }

    int primaryId() {
        return handle.getPrimary().getId();
    }

    /** The same with one more key, which decrypts only until it is primary. */
    Keyset withNewKey() {
        return build(KeysetHandle.newBuilder(handle)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()));
    }

    /** The same with the newest key as the primary one. */
    Keyset withNewestPrimary() {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
        builder.getAt(builder.size() - 1).makePrimary().setStatus(KeyStatus.ENABLED);
        return build(builder);
    }

    /** The same with the primary key alone. */
    Keyset withPrimaryOnly() {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder(handle);
        for (int key = builder.size() - 1; key >= 0; key--) {
            if (!builder.getAt(key).isPrimary()) {
                builder.deleteAt(key);
            }
        }
        return build(builder);
    }

    private static Keyset build(KeysetHandle.Builder builder) {
        try {
            return new Keyset(builder.build());
        } catch (GeneralSecurityException unavailable) {
            throw impossible(unavailable);
        }
    }

    String json() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    handle, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException unavailable) {
            throw impossible(unavailable);
        }
    }

    private static IllegalStateException impossible(GeneralSecurityException unavailable) {
        return new IllegalStateException("AES-256-GCM: not available in this Java runtime", unavailable);
    }

    /** Names no key. */
    @Override
    public String toString() {
        return "Keyset[" + size() + " keys]";
    }
}
