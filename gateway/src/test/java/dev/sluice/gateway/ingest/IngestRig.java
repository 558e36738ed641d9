package dev.sluice.gateway.ingest;

import dev.sluice.gateway.Sluice;
import dev.sluice.gateway.contract.CheckedHttp;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** A gateway in this process with a GitHub instance, and what GitHub would send it. */
final class IngestRig implements AutoCloseable {
    static final String KEY = Planted.secret("It's a Secret to Everybody");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final long instance;

    IngestRig(Path directory, String... settings) {
        SpringApplication application = new SpringApplication(Sluice.class);
        String[] common = {
            "--server.port=0", "--management.server.port=0", "--sluice.data-dir=" + directory.resolve("data")
        };
        String[] all = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(common), java.util.Arrays.stream(settings))
                .toArray(String[]::new);
        this.context = application.run(all);
        this.instance = instance(Map.of(
                "github.organization", "acme",
                "github.repository", "shop",
                "event.notification.enabled", "true",
                "event.vendor.signature.key", KEY));
    }

    private long instance(Map<String, String> configuration) {
        Account owner = await(context.getBean(AccountRepository.class)
                .bootstrap(Planted.secret("organization"), Planted.secret("user")));
        InstanceSettings settings =
                new InstanceSettings("test", List.of(), configuration, Set.of("event.vendor.signature.key"), List.of());
        return await(context.getBean(InstanceRepository.class).create(owner, "github", settings))
                .id();
    }

    private static <T> T await(reactor.core.publisher.Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }

    int port() {
        return Integer.parseInt(
                Objects.requireNonNull(context.getBean(Environment.class).getProperty("local.server.port")));
    }

    String encodedId() {
        return Base64.getEncoder().encodeToString(String.valueOf(instance).getBytes(StandardCharsets.US_ASCII));
    }

    /** A push as GitHub sends it, with a delivery id of its own and signed, to be changed by the test. */
    HttpRequest.Builder push(String delivery, byte[] body) {
        return request(body)
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", delivery)
                .header("X-Hub-Signature-256", signature(body));
    }

    HttpRequest.Builder request(byte[] body) {
        return to("github/" + encodedId()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/elements/api-v2/events/" + path))
                .timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CheckedHttp.send(http, request.build());
    }

    /** The status of its answer, whenever that comes. */
    CompletableFuture<Integer> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    HttpResponse<String> send(HttpRequest.Builder request, BodyPublisher body)
            throws IOException, InterruptedException {
        return send(request.copy().POST(body));
    }

    static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** How many events are in the log. */
    long stored() {
        return number("SELECT count(*) FROM event");
    }

    private long number(String sql) {
        return await(context.getBean(Database.class)
                .client()
                .sql(sql)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one());
    }

    /** Until it is closed nothing is stored. */
    AutoCloseable storeNothing() {
        PostgresqlConnection holder = await(context.getBean(Database.class).connect("holder"));
        holder.beginTransaction()
                .thenMany(holder.createStatement("LOCK TABLE event IN SHARE MODE")
                        .execute()
                        .concatMap(PostgresqlResult::getRowsUpdated))
                .then()
                .block(PATIENCE);
        return () -> holder.close().block(PATIENCE);
    }

    /** How many wait for a lock. */
    long waitingForLocks() {
        return number("SELECT count(*) FROM pg_locks WHERE NOT granted");
    }

    /** How many transactions wait for their client. */
    long openTransactions() {
        return number("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'");
    }

    /** How many webhooks came to that. */
    double counted(String outcome) {
        return context
                .getBean(MeterRegistry.class)
                .find("sluice.ingest.webhooks")
                .tag("outcome", outcome)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** The bytes that budget holds for webhooks that are on their way. */
    long held() {
        return context.getBean(ByteBudget.class).held();
    }

    @Override
    public void close() {
        context.close();
    }
}
