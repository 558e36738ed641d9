package dev.sluice.gateway.trouble;

import dev.sluice.persistence.connection.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction that is left open, as by a forgotten session or a long dump: nothing that dies after it is cleaned away. */
final class HeldSnapshot implements AutoCloseable {
    private final Connection connection;

    HeldSnapshot(DatabaseAddress address) {
        try {
            this.connection = DriverManager.getConnection(
                    "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                    address.user(),
                    address.password());
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT count(*) FROM endpoint");
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
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
