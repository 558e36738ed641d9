package dev.sluice.persistence;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.Dedupe;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.eventlog.EventItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Rows and drafts that many tests begin with. */
public final class Fixture {
    public static final Duration PATIENCE = Duration.ofSeconds(20);
    public static final long ORGANIZATION = 29;
    public static final long INSTANCE = 4711;

    /** In every secret that a test gives: the last step of the build looks for it in all that came out. */
    public static final String PLANTED = "planted-secret-4711";

    private static final String INSTANCE_WITH_ENDPOINT = """
            WITH org AS (INSERT INTO organization (id, name, secret_hash) OVERRIDING SYSTEM VALUE
                         VALUES (29, 'acme', '\\x01') RETURNING id),
                 ada AS (INSERT INTO account_user (organization_id, email_address, first_name, last_name, secret_hash)
                         SELECT id, 'ada@example.com', 'Ada', 'L', '\\x01' FROM org RETURNING id, organization_id),
                 made AS (INSERT INTO instance (id, organization_id, user_id, element_key, name, tags, configuration,
                                                secrets, token_hash)
                          SELECT 4711, organization_id, id, 'github', 'test', '{}', '{}', '', '\\x01' FROM ada
                          RETURNING id)
            INSERT INTO endpoint (instance_id, url, position)
            SELECT id, 'http://localhost/callback', 0 FROM made RETURNING id""";

    private Fixture() {}

    /** Makes an organization, a user, one instance and one endpoint; the endpoint's id. */
    public static long instanceWithEndpoint(Database database) {
        return count(database, INSTANCE_WITH_ENDPOINT);
    }

    /** A draft of one item with the provider's id. */
    public static EventDraft draft(String providerId, byte[] body, List<Long> endpoints) {
        return new EventDraft(
                ORGANIZATION,
                INSTANCE,
                endpoints,
                "application/json",
                Map.of("X-GitHub-Event", "push"),
                new Body(body),
                List.of(item(providerId)),
                new Dedupe.ByWebhook(List.of(providerId)),
                null);
    }

    /** A draft with a small body. */
    public static EventDraft draft(String providerId, List<Long> endpoints) {
        return draft(providerId, ("{\"id\":\"" + providerId + "\"}").getBytes(StandardCharsets.UTF_8), endpoints);
    }

    public static EventItem item(String objectId) {
        return new EventItem("push", objectId, "UPDATED", Instant.parse("2026-03-05T10:11:12Z"), Map.of("ref", "main"));
    }

    /** What the publisher emits, which must be something, within a bounded time. */
    public static <T> T await(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }

    public static void execute(Database database, String sql) {
        database.client().sql(sql).then().block(PATIENCE);
    }

    /** The first column of the first row, as a number. */
    public static long count(Database database, String sql) {
        return await(
                database.client().sql(sql).map(row -> row.get(0, Long.class)).one());
    }
}
