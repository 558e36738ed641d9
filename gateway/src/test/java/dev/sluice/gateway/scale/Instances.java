package dev.sluice.gateway.scale;

import dev.sluice.persistence.secret.SecretCipher;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The organization's instances, made over a year, each with one endpoint. All have the tag {@code scale}, one in a hundred
 * {@code team-7}, five {@code rare}; all are named {@code Customer …}, three {@code … needle}. Five endpoints have the URL
 * {@code https://few.example/hook}, a tenth {@code https://many.example/hook}; one in 50 is deactivated.
 */
final class Instances {
    private static final int AT_ONCE = 5_000;

    /** A fifth of all events is the first instance's, two fifths are the next hundred's, the others share the rest. */
    private static final String NUMBERED = """
            CREATE TABLE scale_instance AS
            SELECT n, (hashint8extended(n, 42) & 9007199254740991) AS id,
                   CASE WHEN n % 20 < 12 THEN 'github' WHEN n % 20 < 15 THEN 'box' WHEN n % 20 < 17 THEN 'hootsuite'
                        WHEN n % 20 < 19 THEN 'greenhouse' ELSE 'mailchimpv3' END AS element_key,
                   'https://' || CASE WHEN n % 20000 = 21 THEN 'few' WHEN n % 10 = 3 THEN 'many' ELSE 'callback-' || n END
                       || '.example/hook' AS url,
                   greatest(1, CASE WHEN n = 0 THEN :events / 20 WHEN n <= 100 THEN :events / 1000
                                    ELSE :events / 10 / (:instances - 101) END) AS objects
              FROM generate_series(0, :instances - 1) AS n""";

    private static final String INSERT = """
            INSERT INTO instance (id, organization_id, user_id, element_key, name, tags, configuration, secrets,
                                  token_hash, created_at, updated_at)
            SELECT s.id, 1, 1, s.element_key,
                   'Customer ' || lpad(n::text, 6, '0') || CASE WHEN n % 33333 = 17 THEN ' needle' ELSE ' production' END,
                   ARRAY['scale', 'team-' || n % 100] || CASE WHEN n % 20000 = 19 THEN ARRAY['rare'] ELSE '{}' END,
                   jsonb_build_object('github.organization', 'acme-' || n, 'github.repository', 'shop',
                                      'event.notification.enabled', 'true',
                                      'event.notification.callback.url', s.url),
                   given.sealed, sha256(given.token::bytea), made, made
              FROM unnest(?::bigint[], ?::bytea[], ?::text[]) AS given (id, sealed, token)
              JOIN scale_instance s ON s.id = given.id
             CROSS JOIN LATERAL (SELECT now() - interval '366 days' + n * interval '5 minutes') AS at (made)""";
    private static final String ENDPOINTS = """
            INSERT INTO endpoint (instance_id, url, position, state)
            SELECT id, url, 0, CASE n % 50 WHEN 49 THEN 'deactivated' ELSE 'active' END FROM scale_instance ORDER BY n""";

    /** Orders that are done: as many for the first instance as for all others together. */
    private static final String JOBS = """
            INSERT INTO redelivery_job (organization_id, instance_id, after_id, before_id, state, events, deliveries,
                                        created_at, updated_at)
            SELECT 1, s.id, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'done', 7, 7,
                   now() - (20000 - job) * interval '1 minute', now() - (20000 - job) * interval '1 minute'
              FROM generate_series(1, 20000) AS job
              JOIN scale_instance s ON s.n = CASE job % 2 WHEN 0 THEN 0 ELSE job % 1000 END""";

    private final Session session;

    Instances(Session session) {
        this.session = session;
    }

    void make(Size size, SecretCipher cipher) {
        session.run(NUMBERED.replace(":events", size.events() + "").replace(":instances", size.instances() + ""));
        session.run("ALTER TABLE scale_instance ADD PRIMARY KEY (n)");
        List<Long> ids = session.numbers("SELECT id FROM scale_instance ORDER BY n");
        for (int first = 0; first < ids.size(); first += AT_ONCE) {
            insert(ids.subList(first, Math.min(ids.size(), first + AT_ONCE)), cipher);
        }
        session.run(ENDPOINTS);
        session.run("ALTER TABLE scale_instance ADD COLUMN endpoint_id bigint");
        session.run("UPDATE scale_instance s SET endpoint_id = e.id FROM endpoint e WHERE e.instance_id = s.id");
        session.run(JOBS);
        session.run("VACUUM (ANALYZE, FREEZE) scale_instance, instance, endpoint, redelivery_job");
    }

    private void insert(List<Long> ids, SecretCipher cipher) {
        session.run(
                INSERT,
                session.array("bigint", ids.toArray()),
                session.array(
                        "bytea", ids.stream().map(id -> sealed(id, cipher)).toArray(byte[][]::new)),
                session.array("text", ids.stream().map(Instances::token).toArray()));
    }

    /** As the gateway seals them. */
    private static byte[] sealed(long id, SecretCipher cipher) {
        return cipher.encrypt(
                JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "token",
                                token(id),
                                "configuration",
                                Map.of(
                                        "event.vendor.signature.key", "vendor-key-of-" + id,
                                        "event.notification.signature.key", "signature-key-of-" + id))),
                "instance/" + id);
    }

    private static String token(long id) {
        return "token-of-the-instance-" + id;
    }

    /** The element of the instance of that number. */
    static String element(int number) {
        int kind = number % 20;
        return kind < 12
                ? "github"
                : kind < 15 ? "box" : kind < 17 ? "hootsuite" : kind < 19 ? "greenhouse" : "mailchimpv3";
    }

    /** Some instances' ids: number 0 has by far the most events, 1 to 100 have many, all above have few. */
    List<Long> ids(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(n -> session.number("SELECT id FROM scale_instance WHERE n = ?", (long) n))
                .toList();
    }
}
