package dev.sluice.persistence.secret;

import static dev.sluice.persistence.Fixture.PLANTED;
import static dev.sluice.persistence.Fixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import dev.sluice.persistence.instance.SealedInstances;
import dev.sluice.persistence.notice.SealedNoticeKeys;
import dev.sluice.persistence.token.SealedTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
final class KeysetChangeIT {
    private static final String OWNER = "instance/1";
    private final Database database = TestDatabase.create();

    @TempDir
    private Path directory;

    private Path file;
    private SecretCipher cipher;

    @BeforeEach
    void generate() throws IOException {
        file = Files.createTempDirectory(directory, "keyset").resolve("keyset.json");
        cipher = SecretCipher.readOrGenerate(file);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void decryptsWithBothKeysUntilTheFormerIsRemoved() {
        byte[] before = cipher.encrypt(PLANTED, OWNER);
        assertThat(cipher.reload()).isFalse();

        assertThat(KeysetChange.ADD.apply(file)).isEqualTo(2);
        SecretCipher behind = SecretCipher.read(file);
        assertThat(behind.primary().isOf(before)).isTrue();
        assertThat(KeysetChange.PROMOTE.apply(file)).isEqualTo(2);
        assertThat(cipher.reload()).isTrue();
        byte[] after = cipher.encrypt(PLANTED, OWNER);

        assertThat(cipher.primary().isOf(before)).isFalse();
        assertThat(cipher.primary().isOf(after)).isTrue();
        assertThat(cipher.decrypt(before, OWNER)).isEqualTo(PLANTED);
        assertThat(behind.decrypt(after, OWNER))
                .as("a node that only knows of the new key reads what others encrypt with it")
                .isEqualTo(PLANTED);
        assertThat(KeysetChange.REMOVE.apply(file)).isOne();
        cipher.reload();
        assertThat(cipher.decrypt(after, OWNER)).isEqualTo(PLANTED);
        assertThatThrownBy(() -> cipher.decrypt(before, OWNER)).isInstanceOf(UndecipherableException.class);
    }

    @Test
    void keepsTheKeysWhenTheFileIsBroken() throws IOException {
        byte[] before = cipher.encrypt(PLANTED, OWNER);
        Files.writeString(file, "{");

        assertThatThrownBy(cipher::reload).isInstanceOf(KeysetException.class);
        assertThatThrownBy(() -> KeysetChange.ADD.apply(file)).isInstanceOf(KeysetException.class);

        assertThat(cipher.decrypt(before, OWNER)).isEqualTo(PLANTED);
    }

    @Test
    void staysReadableByItsOwnerOnly() throws IOException {
        KeysetChange.ADD.apply(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.toAbsolutePath().getParent())) {
            assertThat(files).containsExactly(file.toAbsolutePath());
        }
    }

    @Test
    void encryptsAnewWhatTheFormerKeyEncrypted() {
        InstanceRepository instances = new InstanceRepository(database, cipher);
        Account owner = await(new AccountRepository(database).bootstrap("organization", "user"));
        InstanceSettings settings =
                new InstanceSettings("x", List.of(), Map.of("a.key", PLANTED), Set.of("a.key"), List.of());
        List<Instance> made = List.of(
                await(instances.create(owner, "github", settings)), await(instances.create(owner, "github", settings)));
        Resealing resealing = new Resealing(
                database, cipher, List.of(SealedInstances.COLUMN, SealedTokens.COLUMN, SealedNoticeKeys.COLUMN));
        assertThat(await(resealing.run())).isZero();
        KeysetChange.ADD.apply(file);
        KeysetChange.PROMOTE.apply(file);
        cipher.reload();

        assertThat(await(resealing.run())).isEqualTo(2);
        assertThat(await(resealing.run())).isZero();
        KeysetChange.REMOVE.apply(file);
        cipher.reload();

        for (Instance instance : made) {
            Instance read = await(instances.find(instance.id()));
            assertThat(read.configuration()).isEqualTo(instance.configuration());
            assertThat(read.token()).isEqualTo(instance.token());
        }
    }
}
