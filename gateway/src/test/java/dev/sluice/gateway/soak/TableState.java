package dev.sluice.gateway.soak;

import dev.sluice.gateway.rig.postgres.EventLogReader;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * One table as PostgreSQL's statistics have it.
 *
 * @param live rows
 * @param dead row versions that nobody can see any more and no vacuum has taken yet
 * @param allowed how many of these autovacuum lets gather, by the table's settings or the server's
 * @param vacuums runs so far
 * @param bytes indexes and TOAST included
 */
record TableState(String name, long live, long dead, long allowed, long vacuums, long bytes) {
    private static final Pattern OF_A_DAY = Pattern.compile(".*_\\d{8}");
    private static final JsonMapper JSON = new JsonMapper();
    /** Tables that have never been written are left out: partitions of days to come. */
    private static final String ALL = """
            WITH setting AS (
                SELECT pg_class.oid, reltuples,
                       coalesce(max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_threshold'),
                                current_setting('autovacuum_vacuum_threshold'))::float8 AS threshold,
                       coalesce(max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor'),
                                current_setting('autovacuum_vacuum_scale_factor'))::float8 AS scale_factor
                  FROM pg_class LEFT JOIN LATERAL pg_options_to_table(reloptions) ON true
                 GROUP BY pg_class.oid, reltuples)
            SELECT json_agg(json_build_object(
                       'name', relname, 'live', n_live_tup, 'dead', n_dead_tup,
                       'allowed', (threshold + scale_factor * greatest(reltuples, 0))::bigint,
                       'vacuums', vacuum_count + autovacuum_count, 'bytes', pg_total_relation_size(relid))
                   ORDER BY relname)
              FROM pg_stat_user_tables JOIN setting ON setting.oid = relid
             WHERE n_tup_ins > 0""";

    /** All as of now, by name. */
    static List<TableState> all(EventLogReader database) {
        return List.of(JSON.readValue(database.text(ALL), TableState[].class));
    }

    /** Whether it is filled for a day, kept, and dropped as a whole: it grows as long as webhooks come. */
    boolean growsByTheDay() {
        return OF_A_DAY.matcher(name).matches();
    }

    /** Whether autovacuum is to come. */
    boolean vacuumIsDue() {
        return dead > allowed;
    }
}
