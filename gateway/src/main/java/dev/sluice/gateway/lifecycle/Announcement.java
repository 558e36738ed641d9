package dev.sluice.gateway.lifecycle;

import dev.sluice.gateway.lifecycle.storage.Credentials;
import dev.sluice.gateway.lifecycle.storage.StorageSettings;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** What the terminal shows once the gateway is ready: where everything is, and in the local start how to try it. */
@Order(0)
final class Announcement implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    private final StorageSettings settings;
    private final DatabaseAddress database;
    private final Credentials credentials;
    private final PrintStream terminal;

    Announcement(StorageSettings settings, DatabaseAddress database, Credentials credentials, PrintStream terminal) {
        this.settings = settings;
        this.database = database;
        this.credentials = credentials;
        this.terminal = terminal;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        if (environment.containsProperty("logging.structured.format.console")) {
            // Whoever reads this output reads it line by line.
            LOG.info("Sluice is ready, {} s after its start, on {}", seconds(), database);
            return;
        }
        String baseUrl = "http://localhost:" + environment.getProperty("local.server.port");
        StringBuilder text = new StringBuilder(where(environment, baseUrl));
        if (environment.getProperty(LocalStart.PROPERTY, Boolean.class, false)) {
            text.append(secrets());
            text.append("\nTry it: paste this into another terminal.\n\n")
                    .append(new WalkThrough(baseUrl, credentials).lines());
        }
        terminal.println(text);
    }

    private String where(Environment environment, String baseUrl) {
        return String.format(
                Locale.ROOT,
                """

                Sluice is ready, %s s after its start. Ctrl-C stops it; what it has accepted stays.
                  API         %s/elements/api-v2, described at %s/api-docs
                  Management  http://localhost:%s/actuator/health/readiness, /actuator/prometheus
                  Database    %s
                """,
                seconds(),
                baseUrl,
                baseUrl,
                environment.getProperty("local.management.port"),
                settings.embedded()
                        ? "embedded PostgreSQL on port " + database.port() + ", kept in "
                                + settings.dataDir().toAbsolutePath().normalize()
                        : database.toString());
    }

    private static String seconds() {
        return String.format(
                Locale.ROOT, "%.1f", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    }

    private String secrets() {
        return shown("User secret        ", credentials.user())
                + shown("Organization secret", credentials.organization());
    }

    private static String shown(String name, Credentials.Secret secret) {
        return secret.fresh()
                ? "  " + name + " " + secret.value() + "   (shown this once, kept in " + secret.file() + ")\n"
                : "";
    }
}
