package dev.sluice.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.secret.SecretCipher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void servesWithNothingButSettings() {
        assertThat(Commands.areAskedFor(List.of())).isFalse();
        assertThat(Commands.areAskedFor(List.of("--server.port=0"))).isFalse();
        assertThat(Commands.areAskedFor(List.of("serve", "--server.port=0"))).isFalse();
        assertThat(Commands.settings(List.of("serve", "--server.port=0"))).containsExactly("--server.port=0");
        assertThat(Commands.settings(List.of("--server.port=0"))).containsExactly("--server.port=0");
        assertThat(Commands.settings(List.of())).isEmpty();
    }

    @Test
    void doesWhatAWordSays() {
        assertThat(Commands.areAskedFor(List.of("doctor"))).isTrue();
        assertThat(Commands.areAskedFor(List.of("--help"))).isTrue();
        assertThat(Commands.areAskedFor(List.of("serve", "-h"))).isTrue();
        assertThat(Commands.areAskedFor(List.of("sevre"))).isTrue();
    }

    @Test
    void namesItsCommandsWhenAskedForHelp() {
        assertThat(run("--help")).isZero();
        assertThat(said()).contains("serve", "trigger", "listen", "doctor", "keyset");
    }

    @Test
    void saysItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(said()).matches("sluice \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?, from classes\\RJava \\d+.*\\R");
    }

    @Test
    void refusesAWordThatIsNone() {
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(said()).contains("sevre", "serve");
    }

    @Test
    void makesAKeysetButNeverOverOne() throws IOException {
        Path file = directory.resolve("keyset.json");

        assertThat(run("keyset", "create", file.toString())).isZero();

        String made = Files.readString(file);
        assertThat(SecretCipher.read(file).primary().hex()).startsWith("01");
        assertThat(run("keyset", "create", file.toString())).isOne();
        assertThat(file).hasContent(made);
        assertThat(said()).contains("is a new keyset", "Nothing was changed. There is a file " + file);
    }

    @Test
    void listsTheTypesOfAnElement() {
        assertThat(run("trigger", "greenhouse", "--user-secret=u", "--organization-secret=o"))
                .isZero();
        assertThat(said()).startsWith("hire_candidate").contains("job_deleted");
    }

    @Test
    void saysWhereTheSecretsWereLookedFor() {
        assertThat(run("trigger", "github", "--data-dir", directory.toString(), "--user-secret="))
                .isOne();
        assertThat(said()).contains(directory.resolve("user-secret").toString(), "SLUICE_USER_SECRET", "--data-dir");
    }

    @Test
    void saysThatNoGatewayAnswers() throws IOException {
        assertThat(run("trigger", "github", "push", "--user-secret=u", "--organization-secret=o", "--url", nobody()))
                .isOne();
        assertThat(said())
                .contains("No gateway answers at http://127.0.0.1:", "--url")
                .doesNotContain("\tat ");
    }

    @Test
    void refusesToForwardToWhatIsNoUrl() {
        assertThat(run(
                        "listen",
                        "--instance=1",
                        "--forward-to=localhost:3000/hooks",
                        "--user-secret=u",
                        "--organization-secret=o"))
                .isOne();
        assertThat(said()).startsWith("--forward-to: localhost:3000/hooks (expected: as in http://");
    }

    @Test
    void saysWhichTypesThereAre() {
        assertThat(run("trigger", "github", "pushed", "--user-secret=u", "--organization-secret=o"))
                .isOne();
        assertThat(said()).contains("type: pushed (expected: one of push.commits, ");
    }

    private static String nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + free.getLocalPort();
        }
    }

    private int run(String... words) {
        return Commands.run(List.of(words), new PrintStream(said, true, UTF_8));
    }

    private String said() {
        return said.toString(UTF_8);
    }
}
