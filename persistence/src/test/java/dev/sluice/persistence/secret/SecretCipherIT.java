package dev.sluice.persistence.secret;

import static dev.sluice.persistence.Fixture.PLANTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretCipherIT {
    private static final String OWNER = "instance/4711";

    @TempDir
    Path directory;

    @Test
    void readsBackWhatItEncrypted() {
        SecretCipher cipher = SecretCipher.readOrGenerate(directory.resolve("keyset.json"));

        byte[] ciphertext = cipher.encrypt("känguru", OWNER);

        assertThat(new String(ciphertext, UTF_8)).doesNotContain("guru");
        assertThat(cipher.decrypt(ciphertext, OWNER)).isEqualTo("känguru");
    }

    @Test
    void refusesASecretThatWasMovedToAnotherOwner() {
        SecretCipher cipher = SecretCipher.readOrGenerate(directory.resolve("keyset.json"));
        byte[] ciphertext = cipher.encrypt(PLANTED, OWNER);

        assertThatThrownBy(() -> cipher.decrypt(ciphertext, "instance/4712"))
                .isInstanceOf(UndecipherableException.class)
                .hasMessageContaining("instance/4712");
    }

    @Test
    void refusesASecretOfAnotherKeyset() {
        byte[] ciphertext =
                SecretCipher.readOrGenerate(directory.resolve("one.json")).encrypt(PLANTED, OWNER);
        SecretCipher other = SecretCipher.readOrGenerate(directory.resolve("other.json"));

        assertThatThrownBy(() -> other.decrypt(ciphertext, OWNER)).isInstanceOf(UndecipherableException.class);
    }

    @Test
    void findsItsKeysetAgainAfterARestart() {
        Path keyset = directory.resolve("made/on/demand/keyset.json");
        byte[] ciphertext = SecretCipher.readOrGenerate(keyset).encrypt(PLANTED, OWNER);

        assertThat(SecretCipher.readOrGenerate(keyset).decrypt(ciphertext, OWNER))
                .isEqualTo(PLANTED);
        assertThat(SecretCipher.read(keyset).decrypt(ciphertext, OWNER)).isEqualTo(PLANTED);
    }

    @Test
    void letsOnlyTheOwnerReadTheKeysetAndLeavesNothingElseBehind() throws IOException {
        Path keyset = directory.resolve("keyset.json");

        SecretCipher.readOrGenerate(keyset);

        assertThat(Files.getPosixFilePermissions(keyset)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(directory).isDirectoryNotContaining(file -> !file.equals(keyset));
    }

    @Test
    void agreesOnOneKeysetWhenManyStartAtOnce() {
        Path keyset = directory.resolve("keyset.json");

        assertThat(IntStream.range(0, 16)
                        .parallel()
                        .mapToObj(unused -> SecretCipher.readOrGenerate(keyset).encrypt(PLANTED, OWNER))
                        .toList())
                .allSatisfy(ciphertext -> assertThat(SecretCipher.read(keyset).decrypt(ciphertext, OWNER))
                        .isEqualTo(PLANTED));
    }

    @Test
    void saysWhichFileIsMissing() {
        Path keyset = directory.resolve("keyset.json");

        assertThatThrownBy(() -> SecretCipher.read(keyset))
                .isInstanceOf(KeysetException.class)
                .hasMessageContaining(keyset.toString());
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsNoKeyset() throws IOException {
        Path keyset = Files.writeString(directory.resolve("keyset.json"), "{\"primaryKeyId\": 1}");

        assertThatThrownBy(() -> SecretCipher.readOrGenerate(keyset))
                .isInstanceOf(KeysetException.class)
                .hasMessageContaining("not a keyset");
    }
}
