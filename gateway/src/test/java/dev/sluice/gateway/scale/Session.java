package dev.sluice.gateway.scale;

import dev.sluice.persistence.connection.DatabaseAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements past the gateway, each a transaction of its own unless said otherwise. */
final class Session implements AutoCloseable {
    private final Connection connection;

    private Session(Connection connection) {
        this.connection = connection;
    }

    static Session open(DatabaseAddress address) {
        try {
            Session session = new Session(DriverManager.getConnection(
                    "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                    address.user(),
                    address.password()));
            session.run("SET TIME ZONE 'UTC'");
            return session;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    void run(String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.execute();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Runs what the work does as one transaction: what fills a table made in the same one is written only once. */
    void atOnce(Runnable work) {
        try {
            connection.setAutoCommit(false);
            work.run();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The first column of all rows. */
    List<Long> numbers(String sql, Object... parameters) {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return numbers;
    }

    long number(String sql, Object... parameters) {
        return numbers(sql, parameters).get(0);
    }

    String text(String sql, Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    Array array(String type, Object[] values) {
        try {
            return connection.createArrayOf(type, values);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
