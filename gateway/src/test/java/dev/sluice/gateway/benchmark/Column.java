package dev.sluice.gateway.benchmark;

/** The body's column, and a table with the same for the INSERT of those who write by hand. */
final class Column {
    /** How the log keeps bodies. */
    static final String DESCRIPTION = """
            SELECT CASE attstorage WHEN 'e' THEN 'not compressed' ELSE coalesce(
                       CASE attcompression WHEN 'l' THEN 'lz4' WHEN 'p' THEN 'pglz' END,
                       current_setting('default_toast_compression')) END
              FROM pg_attribute
             WHERE attrelid = 'event'::regclass AND attname = 'body'""";

    /** A table with the log's columns; its body's storage and compression as the log has them. */
    static final String ONE_INSERT_TABLE = table("one_insert_a_request", "");

    /** The same with what PostgreSQL does unless it is told otherwise. */
    static final String ONE_INSERT_TABLE_PGLZ = table("one_insert_pglz", """
            ALTER TABLE one_insert_pglz ALTER COLUMN body SET STORAGE EXTENDED, ALTER COLUMN body SET COMPRESSION pglz;""");

    private Column() {}

    private static String table(String name, String more) {
        return """
            CREATE TABLE %1$s (
                LIKE event INCLUDING STORAGE INCLUDING COMPRESSION,
                PRIMARY KEY (id));
            ALTER TABLE %1$s
                ALTER COLUMN id SET DEFAULT gen_random_uuid(),
                ALTER COLUMN received_at SET DEFAULT now(),
                ALTER COLUMN epoch SET DEFAULT 0,
                ALTER COLUMN sequence SET DEFAULT 0,
                ALTER COLUMN endpoint_ids SET DEFAULT '{}',
                ALTER COLUMN parts SET DEFAULT 1;
            """.formatted(name) + more;
    }
}
