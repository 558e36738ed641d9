package dev.sluice.gateway.planted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the directory is a setting of the whole process")
final class TapTest {
    private static final SecretSearch SEARCH = new SecretSearch(Set.of());

    @TempDir
    private Path directory;

    private String before = "";

    @BeforeEach
    void listenHere() {
        before = System.getProperty(Said.DIRECTORY, "");
        System.setProperty(Said.DIRECTORY, directory.toString());
    }

    @AfterEach
    void listenWhereItWas() {
        if (before.isEmpty()) {
            System.clearProperty(Said.DIRECTORY);
        } else {
            System.setProperty(Said.DIRECTORY, before);
        }
    }

    @Test
    void keepsAnAnswerThatComesInPieces() throws IOException {
        String secret = Planted.secret("x");
        EmbeddedChannel connection = new EmbeddedChannel(new Tap());

        connection.writeInbound(bytes("GET / HTTP/1.1\r\n\r\n"));
        connection.writeOutbound(bytes("HTTP/1.1 200 OK\r\n\r\n" + secret.substring(0, 7)));
        for (char letter : secret.substring(7).toCharArray()) {
            connection.writeOutbound(bytes(String.valueOf(letter)));
        }
        connection.finishAndReleaseAll();

        assertThat(SEARCH.findings(kept("answered"))).isNotEmpty();
        assertThat(kept("asked")).startsWith("GET / HTTP/1.1");
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, UTF_8);
    }

    private String kept(String kind) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith(kind))
                            .findFirst()
                            .orElseThrow());
        }
    }
}
