package dev.sluice.gateway.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputSearchTest {
    private static final Instant BEGIN = Instant.parse("2026-03-05T10:00:00Z");
    private static final String TOKEN = "dG9rZW4tb2YtYW4taW5zdGFuY2U=";

    @TempDir
    private Path directory;

    private OutputSearch search;

    @BeforeEach
    void look() {
        search = new OutputSearch(List.of(directory, directory.resolve("not there")), BEGIN);
    }

    @Test
    void findsASecretInALog() throws IOException {
        write("reports/SomeIT-output.txt", "all is well\nWARN refused " + Planted.secret("key"));

        assertThat(search.leaks())
                .singleElement()
                .asString()
                .endsWith("SomeIT-output.txt: all is well WARN refused key-<secret>");
    }

    @Test
    void findsASecretInAnAnswer() throws IOException {
        write("answered-1.txt", "HTTP/1.1 400\r\n\r\n{\"message\": \"" + Planted.secret("key") + "\"}");

        assertThat(search.leaks()).hasSize(1);
    }

    @Test
    void findsAProvidersTokenInALogAndInAnAnswer() throws IOException {
        write("given-1.txt", TOKEN + "\n");
        write("answered-1.txt", "{\"message\": \"Bearer " + TOKEN + "\"}");
        write("gateway-1.log", "WARN Bearer " + TOKEN);

        assertThat(search.leaks()).hasSize(2);
    }

    @Test
    void findsInALogWhatAnAnswerShowed() throws IOException {
        write("answered-1.txt", "{\"token\":\"" + TOKEN + "\"}");
        assertThat(search.leaks()).isEmpty();

        write("gateway-1.log", "WARN unknown token " + TOKEN);
        assertThat(search.leaks()).singleElement().asString().endsWith("gateway-1.log: WARN unknown token <secret>=");
    }

    @Test
    void passesWhatWasOnlyAskedAndWhatAnotherRunLeft() throws IOException {
        write("asked-1.txt", "Authorization: User " + Planted.secret("key"));
        Path old = write("gateway-1.log", Planted.secret("key"));
        Files.setLastModifiedTime(old, FileTime.from(BEGIN.minusSeconds(1)));

        assertThat(search.leaks()).isEmpty();
    }

    @Test
    void findsSecretsThatNobodyWouldFind() throws IOException {
        write("given-1.txt", TOKEN + "\n");
        write("asked-1.txt", """
                {"configuration": {"api.key": "just a key", "oauth.api.key": "public", "other.key": "%s"}}
                {"configuration": {"api.key" : "********"}} {"api.key":"","other.key":"new\\"key"}
                {"api.key": "%s"} {"api.key": "an example"}

                name=x&api.key=in%%20a+form&other.key=%s&csrf=y HTTP/1.1""".formatted(Planted.secret("x"), TOKEN, Planted.secret("x")));

        assertThat(search.unplanted(List.of("api.key", "other.key"), "an example"))
                .containsExactly("api.key: in a form", "api.key: just a key", "other.key: new\\\"key");
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
