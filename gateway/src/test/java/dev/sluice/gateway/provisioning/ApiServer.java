package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.Migrations;
import dev.sluice.persistence.connection.Partitions;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import dev.sluice.persistence.secret.SecretCipher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The API over HTTP on a port of its own, with a database of its own and two organizations. */
public final class ApiServer implements AutoCloseable {
    /** Of the first organization's user, as a generated one may look. */
    public static final String USER_SECRET = "us+er/" + Planted.MARKER + "==";

    /** Of the first organization. */
    public static final String ORGANIZATION_SECRET = "org-1-" + Planted.MARKER;

    /** What the first organization's user shows. */
    public static final String CALLER = "User " + USER_SECRET + ", Organization " + ORGANIZATION_SECRET;

    /** Of a user of another organization. */
    public static final String OTHER_USER_SECRET = "other-user-" + Planted.MARKER;

    /** What a user of another organization shows. */
    public static final String STRANGER = "User " + OTHER_USER_SECRET + ", Organization org-2-" + Planted.MARKER;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Path directory =
            Path.of("target", "api-server-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet());
    private final EmbeddedDatabase server = EmbeddedDatabase.start(directory, Path.of("target"));
    private final SecretCipher cipher = SecretCipher.readOrGenerate(directory.resolve("keyset.json"));
    private final ConfigurableApplicationContext context;

    private ApiServer(String... settings) {
        Migrations.apply(server.address());
        SpringApplication application = new SpringApplication(Parts.class);
        application.addInitializers(fresh -> {
            fresh.getBeanFactory().registerSingleton("server", server);
            fresh.getBeanFactory().registerSingleton("secretCipher", cipher);
        });
        String[] arguments = new String[settings.length + 4];
        arguments[0] = "--server.port=0";
        arguments[1] = "--management.server.port=0";
        arguments[2] = "--management.endpoint.health.validate-group-membership=false";
        arguments[3] = "--sluice.elements.greenhouse.api-uri=http://localhost:1";
        System.arraycopy(settings, 0, arguments, 4, settings.length);
        context = application.run(arguments);
        new Partitions(database()).makeAhead().block(PATIENCE);
        addAccounts();
    }

    /** Starts it with these settings, each as {@code --name=value}. */
    public static ApiServer start(String... settings) {
        return new ApiServer(settings);
    }

    private void addAccounts() {
        context.getBean(AccountRepository.class)
                .bootstrap(ORGANIZATION_SECRET, USER_SECRET)
                .block(PATIENCE);
        database().client().sql("""
                        WITH other AS (
                            INSERT INTO organization (name, secret_hash)
                            VALUES ('other', sha256('org-2-planted-secret-4711'::bytea)) RETURNING id)
                        INSERT INTO account_user (organization_id, email_address, first_name, last_name, secret_hash)
                        SELECT id, 'o@example.com', 'O', 'Ther', sha256('other-user-planted-secret-4711'::bytea) FROM other""").then().block(PATIENCE);
    }

    /** The database behind it. */
    public Database database() {
        return context.getBean(Database.class);
    }

    /** A part of it. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** Where it listens. */
    public String url() {
        return "http://localhost:"
                + Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
    }

    /** A client that shows these credentials. */
    public WebTestClient as(String authorization) {
        return Contract.client()
                .baseUrl(url() + "/elements/api-v2")
                .defaultHeader(HttpHeaders.AUTHORIZATION, authorization)
                .responseTimeout(PATIENCE)
                .build();
    }

    /** A client of the first organization's user. */
    public ApiClient caller() {
        return new ApiClient(as(CALLER));
    }

    /** The same, showing an instance's token besides. */
    public ApiClient caller(String token) {
        return new ApiClient(as(CALLER + ", Element " + token));
    }

    /** A client of the other organization's user. */
    public ApiClient stranger() {
        return new ApiClient(as(STRANGER));
    }

    /** Removes all instances. */
    public void clear() {
        // In the order in which what looks after providers locks them: another would be a deadlock now and then.
        database()
                .client()
                .sql("TRUNCATE provider_token, provider_hook, instance CASCADE")
                .then()
                .block(PATIENCE);
    }

    /** Takes the database away. */
    public void stopDatabase() {
        server.close();
    }

    @Override
    public void close() {
        context.close();
        server.close();
    }

    @EnableAutoConfiguration
    @ComponentScan({
        "dev.sluice.gateway.account",
        "dev.sluice.gateway.catalog",
        "dev.sluice.gateway.documentation",
        "dev.sluice.gateway.endpoint",
        "dev.sluice.gateway.error",
        "dev.sluice.gateway.events",
        "dev.sluice.gateway.oauth",
        "dev.sluice.gateway.provider",
        "dev.sluice.gateway.provisioning",
        "dev.sluice.gateway.registration",
        "dev.sluice.gateway.request"
    })
    static class Parts {

        /** Threads of its own: closing the global ones would stop every other server of this process. */
        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            return resources;
        }

        @SuppressWarnings("TimeZoneUsage")
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        Database database(EmbeddedDatabase server) {
            return new Database(server.address(), 8);
        }
    }
}
