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

    /** Takes storage and compression over from the log's column. */
    static final String ONE_INSERT_TABLE = """
            CREATE TABLE one_insert_a_request (
                LIKE event INCLUDING STORAGE INCLUDING COMPRESSION,
                PRIMARY KEY (id));
            ALTER TABLE one_insert_a_request
                ALTER COLUMN id SET DEFAULT gen_random_uuid(),
                ALTER COLUMN received_at SET DEFAULT now(),
                ALTER COLUMN epoch SET DEFAULT 0,
                ALTER COLUMN sequence SET DEFAULT 0,
                ALTER COLUMN endpoint_ids SET DEFAULT '{}',
                ALTER COLUMN parts SET DEFAULT 1;""";

    private Column() {}
}
