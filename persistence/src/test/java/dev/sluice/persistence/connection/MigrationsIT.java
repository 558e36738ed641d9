package dev.sluice.persistence.connection;

import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MigrationsIT {

    @Test
    void changesNothingTheSecondTime() {
        try (Database database = TestDatabase.create()) {
            assertThatCode(() -> Migrations.apply(database.address())).doesNotThrowAnyException();
        }
    }

    @Test
    void knowsWhatASchemaLacks() {
        try (Database database = TestDatabase.create()) {
            assertThat(Migrations.missing(database.address())).isEmpty();
            execute(database, "DELETE FROM flyway_schema_history WHERE version::int > 26");

            assertThat(Migrations.missing(database.address())).startsWith("027", "028");
        }
    }

    @Test
    void leavesTheSchemaOfANewerVersionAsItIs() {
        try (Database database = TestDatabase.create()) {
            execute(database, """
                    INSERT INTO flyway_schema_history
                           (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (9999, '9999', 'of a newer version', 'SQL', 'V9999__newer.sql', 1, 'somebody', 1, true)""");

            assertThatCode(() -> Migrations.apply(database.address())).doesNotThrowAnyException();
            assertThat(count(database, "SELECT max(installed_rank)::bigint FROM flyway_schema_history"))
                    .isEqualTo(9_999);
        }
    }

    @Test
    void addsUpWhatWasCountedBefore() throws IOException, SQLException {
        try (Database database = TestDatabase.create()) {
            execute(database, "DROP TABLE event_rollup_hour, event_rollup_total");
            execute(database, """
                    INSERT INTO event_rollup (organization_id, minute, instance_id, epoch, received, delivered, failed)
                    SELECT 1, date_trunc('hour', now()) + n * interval '1 minute', n % 3, 1, 2, 1, 0
                      FROM generate_series(0, 59) AS n""");

            run(database.address(), "V017__rollup.sql");

            assertThat(count(database, "SELECT count(*) FROM event_rollup_hour"))
                    .isEqualTo(3);
            assertThat(count(database, "SELECT sum(received)::bigint FROM event_rollup_hour"))
                    .isEqualTo(120);
            assertThat(count(database, "SELECT count(*) FROM event_rollup_total"))
                    .isEqualTo(60);
            assertThat(count(database, "SELECT sum(delivered)::bigint FROM event_rollup_total"))
                    .isEqualTo(60);
        }
    }

    @Test
    void findsOutWhoseEndpointsThereAre() throws IOException, SQLException {
        try (Database database = TestDatabase.create()) {
            execute(database, "DROP TRIGGER endpoint_organization ON endpoint");
            execute(database, "DROP FUNCTION endpoint_organization");
            execute(database, "ALTER TABLE endpoint DROP COLUMN organization_id");
            Fixture.instanceWithEndpoint(database);

            run(database.address(), "V025__endpoint_organization.sql");

            assertThat(count(database, "SELECT count(*) FROM endpoint WHERE organization_id = " + Fixture.ORGANIZATION))
                    .isOne();
        }
    }

    @Test
    void hasPartitionsOfBeforeVacuumedInTime() throws IOException, SQLException {
        try (Database database = TestDatabase.create()) {
            execute(database, """
                    CREATE TABLE event_search_20200101 PARTITION OF event_search
                    FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z')""");

            run(database.address(), "V030__vacuum.sql");

            assertThat(count(database, """
                            SELECT count(*) FROM pg_class WHERE relname = 'event_search_20200101'
                               AND reloptions = ARRAY['autovacuum_vacuum_scale_factor=0.02']""")).isOne();
        }
    }

    @Test
    void keepsBodiesInTheRowsOfPartitionsOfBefore() throws IOException, SQLException {
        try (Database database = TestDatabase.create()) {
            execute(database, "ALTER TABLE event ALTER COLUMN body SET STORAGE EXTERNAL");
            execute(database, """
                    CREATE TABLE event_20200101 PARTITION OF event
                    FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z')""");

            run(database.address(), "V031__body_in_row.sql");

            assertThat(count(database, """
                            SELECT count(*) FROM pg_class WHERE relname = 'event_20200101'
                               AND reloptions = ARRAY['toast_tuple_target=8160']""")).isOne();
        }
    }

    private static void run(DatabaseAddress address, String migration) throws IOException, SQLException {
        try (InputStream script =
                        Objects.requireNonNull(Migrations.class.getResourceAsStream("/db/migration/" + migration));
                Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
