package dev.sluice.gateway.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.gateway.lifecycle.storage.Credentials;
import dev.sluice.gateway.lifecycle.storage.Credentials.Secret;
import dev.sluice.gateway.lifecycle.storage.StorageSettings;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

final class AnnouncementTest {
    private static final StorageSettings SETTINGS = new StorageSettings(
            Path.of("data"), "postgresql://db/sluice", false, 1, true, "", "", Duration.ZERO, "", "");
    private static final Credentials CREDENTIALS =
            new Credentials(new Secret("user", null, false), new Secret("organization", null, false));

    private final Logger logger = (Logger) LoggerFactory.getLogger(Announcement.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leaveItAsItWas() {
        logger.detachAppender(lines);
    }

    @Test
    void isOneLineOfTheLogWhereTheLogIsJson() {
        announce(Map.of("logging.structured.format.console", "ecs"));

        assertThat(terminal.toString(UTF_8)).isEmpty();
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .startsWith("Sluice is ready, ")
                        .contains("postgresql://sluice@db:5432/sluice")
                        .doesNotContain("password"));
    }

    @Test
    void saysInTheTerminalWhereEverythingIs() {
        announce(Map.of("local.server.port", "8080", "local.management.port", "8081"));

        assertThat(terminal.toString(UTF_8))
                .contains(
                        "Sluice is ready, ", "http://localhost:8080/elements/api-v2", "http://localhost:8081/actuator");
        assertThat(lines.list).isEmpty();
    }

    private void announce(Map<String, Object> environment) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", environment));
            new Announcement(
                            SETTINGS,
                            new DatabaseAddress("db", 5_432, "sluice", "sluice", "password"),
                            CREDENTIALS,
                            new PrintStream(terminal, true, UTF_8))
                    .onApplicationEvent(
                            new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO));
        }
    }
}
