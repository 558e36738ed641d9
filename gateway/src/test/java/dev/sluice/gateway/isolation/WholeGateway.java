package dev.sluice.gateway.isolation;

import dev.sluice.gateway.Sluice;
import dev.sluice.gateway.console.session.SignInLink;
import dev.sluice.gateway.contract.Contract;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.provisioning.ApiClient;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunction;

/** All of the gateway in this process, so that nothing it serves or says is left out. */
public final class WholeGateway implements AutoCloseable {
    /** The administrator's. */
    public static final String USER_SECRET = Planted.secret("user");

    /** The administrator's organization's. */
    public static final String ORGANIZATION_SECRET = Planted.secret("organization");

    /** What the administrator shows. */
    public static final String ADMINISTRATOR = "User " + USER_SECRET + ", Organization " + ORGANIZATION_SECRET;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final ConfigurableApplicationContext context;

    /** Starts it on that directory, with settings beside the usual ones. */
    public WholeGateway(Path directory, String... settings) {
        this.directory = directory;
        String[] common = {
            "--server.port=0",
            "--management.server.port=0",
            "--sluice.data-dir=" + directory.resolve("data"),
            "--sluice.elements.greenhouse.api-uri=http://localhost:1",
            "--sluice.user-secret=" + USER_SECRET,
            "--sluice.organization-secret=" + ORGANIZATION_SECRET
        };
        context = new SpringApplication(Sluice.class)
                .run(Stream.of(common, settings).flatMap(Stream::of).toArray(String[]::new));
    }

    /** Another node on this one's database, with the same secrets. */
    WholeGateway anotherNode(Path itsDirectory) {
        DatabaseAddress address = context.getBean(Database.class).address();
        return new WholeGateway(
                itsDirectory,
                "--sluice.database-url=postgresql://" + address.user() + ":" + address.password() + "@" + address.host()
                        + ":" + address.port() + "/" + address.database(),
                "--sluice.keyset-file=" + directory.resolve("data/keyset.json"),
                "--sluice.public-url=http://localhost");
    }

    /** Where it listens. */
    public String url() {
        return "http://localhost:"
                + Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
    }

    /** A client of the API that shows these credentials. */
    public ApiClient as(String authorization) {
        return new ApiClient(Contract.client()
                .baseUrl(url() + "/elements/api-v2")
                .defaultHeader(HttpHeaders.AUTHORIZATION, authorization)
                .responseTimeout(PATIENCE)
                .build());
    }

    /** A client of the management port, which asks for no credentials. */
    ApiClient management() {
        return new ApiClient(Contract.client()
                .baseUrl("http://localhost:" + context.getEnvironment().getProperty("local.management.port")
                        + "/actuator")
                .responseTimeout(PATIENCE)
                .build());
    }

    /** All that is served. */
    public List<RouterFunction<?>> routes() {
        return context.getBeansOfType(RouterFunction.class).values().stream()
                .<RouterFunction<?>>map(each -> each)
                .toList();
    }

    /** One text that is another as soon as any row of that table that fulfils the condition is. */
    public String digest(String table, String condition) {
        return Objects.requireNonNull(context.getBean(Database.class)
                .client()
                .sql("SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) AS digest FROM " + table
                        + " t WHERE " + condition)
                .map(row -> Objects.requireNonNull(row.get("digest", String.class)))
                .one()
                .block(PATIENCE));
    }

    /** The path of a link that signs in once; one that was printed before is none any more. */
    public String signInLink() {
        return context.getBean(SignInLink.class).path();
    }

    /** Makes the database as a test needs it. */
    public void execute(String sql) {
        context.getBean(Database.class).client().sql(sql).then().block(PATIENCE);
    }

    @Override
    public void close() {
        context.close();
    }
}
