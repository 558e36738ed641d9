package dev.sluice.gateway.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.gateway.delivery.attempt.AttemptOutcome;
import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.attempt.NextStep;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An attempt's line as the profile {@code kubernetes} writes it. */
final class AttemptLineTest {
    private static final EventId EVENT = EventId.of(4_711, Instant.parse("2026-03-05T10:11:12.000123Z"), 3, 9);
    private static final DeliveryId DELIVERY = new DeliveryId(EVENT, 17, 0);

    private final Logger logger = (Logger) LoggerFactory.getLogger(AttemptLine.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final StructuredLogEncoder encoder = new StructuredLogEncoder();

    @BeforeEach
    void setUpAsTheProfileSays() throws Exception {
        PropertySource<?> profile = new YamlPropertySourceLoader()
                .load("profile", new ClassPathResource("application-kubernetes.yaml"))
                .get(0);
        LoggerContext context = new LoggerContext();
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        encoder.setContext(context);
        encoder.setFormat(setting(profile, "logging.structured.format.console"));
        encoder.start();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.valueOf(setting(profile, "logging.level." + AttemptLine.class.getName())));
    }

    private static String setting(PropertySource<?> source, String name) {
        return Objects.requireNonNull(source.getProperty(name), name).toString();
    }

    @AfterEach
    void leaveItAsItWas() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void saysAllOfAFailedAttemptInOneLineOfJson() {
        AttemptLine.write(
                new HeldDelivery.Fresh(DELIVERY),
                new AttemptOutcome.Refused(503, new Body("busy".getBytes(UTF_8)), Optional.empty()),
                new NextStep.TryAgain(Duration.ofSeconds(8)),
                Duration.ofMillis(12));

        JsonNode line = onlyLine();
        assertThat(line.path("ecs").path("version").asString()).isNotEmpty();
        assertThat(line.path("message").asString()).isEqualTo("attempt");
        assertThat(line.path("log").path("level").asString()).isEqualTo("INFO");
        JsonNode sluice = line.path("sluice");
        assertThat(sluice.path("event").asString()).isEqualTo(EVENT.encoded());
        assertThat(sluice.path("instance").asLong()).isEqualTo(4_711);
        assertThat(sluice.path("endpoint").asLong()).isEqualTo(17);
        assertThat(sluice.path("delivery").asString()).isEqualTo(DELIVERY.encoded());
        assertThat(sluice.path("attempt").asInt()).isEqualTo(1);
        assertThat(sluice.path("status").asInt()).isEqualTo(503);
        assertThat(sluice.path("next").asString()).isEqualTo("again in 8 s");
        JsonNode event = line.path("event");
        assertThat(event.path("outcome").asString()).isEqualTo("failure");
        assertThat(event.path("reason").asString()).isEqualTo("refused");
        assertThat(event.path("duration").asLong()).isEqualTo(12_000_000);
    }

    private JsonNode onlyLine() {
        assertThat(lines.list).hasSize(1);
        String text = new String(encoder.encode(lines.list.get(0)), UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(text.strip()).doesNotContain("\n");
        return JsonMapper.shared().readTree(text);
    }
}
