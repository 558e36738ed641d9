package dev.sluice.persistence.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Authenticated encryption (AES-256-GCM) with a keyset from a file. The keyset may hold several keys: the primary one
 * encrypts, all of them decrypt. The file may change meanwhile: see {@link #reload}. Safe for use from many threads.
 */
public final class SecretCipher {
    private final Path file;
    private volatile Loaded loaded;

    /** What the file said. */
    private record Loaded(String json, Aead aead, KeyMark primary) {
        private static Loaded of(Path file, String json) {
            Keyset keyset = Keyset.parse(file, json);
            try {
                return new Loaded(
                        json,
                        keyset.handle().getPrimitive(RegistryConfiguration.get(), Aead.class),
                        KeyMark.of(keyset.primaryId()));
            } catch (GeneralSecurityException otherKeys) {
                throw new KeysetException(file, "holds keys that are not for AEAD", otherKeys);
            }
        }
    }

    private SecretCipher(Path file, String json) {
        this.file = file;
        this.loaded = Loaded.of(file, json);
    }

    /**
     * Reads the keyset from the file. Blocks.
     *
     * @throws KeysetException when the file is missing, unreadable or no keyset
     */
    public static SecretCipher read(Path keyset) {
        return new SecretCipher(keyset, KeysetFile.read(keyset));
    }

    /**
     * Reads the keyset from the file, which is made, readable by its owner only, when it is missing. Processes that do so
     * at once end up with the same keyset. Blocks.
     *
     * @throws KeysetException when the file cannot be made, is unreadable or no keyset
     */
    public static SecretCipher readOrGenerate(Path keyset) {
        return new SecretCipher(
                keyset, KeysetFile.readOrWrite(keyset, () -> Keyset.generate().json()));
    }

    /**
     * Reads the file again and from then on uses what it says. Blocks.
     *
     * @return whether it had changed
     * @throws KeysetException when it is no keyset any more: then the former one stays in use
     */
    public boolean reload() {
        String json = KeysetFile.read(file);
        if (json.equals(loaded.json())) {
            return false;
        }
        loaded = Loaded.of(file, json);
        return true;
    }

    /** What all that the primary key encrypted begins with. */
    public KeyMark primary() {
        return loaded.primary();
    }

    /**
     * Encrypts the text.
     *
     * @param belongsTo what it is part of, such as {@code instance/4711}; needed again to decrypt
     */
    public byte[] encrypt(String text, String belongsTo) {
        try {
            return loaded.aead().encrypt(text.getBytes(UTF_8), belongsTo.getBytes(UTF_8));
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
            return new String(loaded.aead().decrypt(ciphertext, belongsTo.getBytes(UTF_8)), UTF_8);
        } catch (GeneralSecurityException undecipherable) {
            throw new UndecipherableException(belongsTo, undecipherable);
        }
    }

    /**
     * The first bytes of each ciphertext: which key made it.
     *
     * @param hex ten hex digits
     */
    public record KeyMark(String hex) {
        private static KeyMark of(int keyId) {
            return new KeyMark("01%08x".formatted(keyId));
        }

        /** Whether that key made this. */
        public boolean isOf(byte[] ciphertext) {
            byte[] mark = HexFormat.of().parseHex(hex);
            return ciphertext.length >= mark.length && Arrays.equals(mark, 0, mark.length, ciphertext, 0, mark.length);
        }
    }
}
