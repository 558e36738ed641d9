package dev.sluice.gateway.rig.postgres;

import dev.sluice.gateway.rig.traffic.PushPayload;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;

/** Looks at the event log past the gateway: which ids are in it, how often, and whether each body is the one sent. */
public final class EventLogReader implements AutoCloseable {
    private static final int ROWS_A_FETCH = 20_000;
    // The id is blanked in the stored body: what is left must be the one body that all ids share.
    private static final String IDS_AND_SAMENESS = """
            SELECT encode(substring(body FROM ? FOR 16), 'escape'),
                   overlay(body PLACING ?::bytea FROM ? FOR 16) = ?::bytea
              FROM event
             WHERE instance_id = ?""";

    private final Connection connection;

    private EventLogReader(Connection connection) {
        this.connection = connection;
    }

    /** Connects. */
    public static EventLogReader connect(DatabaseAddress address) {
        try {
            Connection connection = DriverManager.getConnection(
                    "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                    address.user(),
                    address.password());
            connection.setAutoCommit(false);
            return new EventLogReader(connection);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * What the log holds of one instance.
     *
     * @param rows how many events
     * @param ids the ids in their bodies
     * @param repeated how many rows hold an id that another row holds, too
     * @param unequal how many bodies differ from what was sent
     */
    public record Stored(int rows, BitSet ids, int repeated, int unequal) {
        public Stored {
            ids = (BitSet) ids.clone();
        }
    }

    /**
     * Reads all events of the instance.
     *
     * @param blank the body that all have in common, once the id in it is zeros
     * @param idOffset where the id's digits begin, from 0
     */
    public Stored read(long instanceId, byte[] blank, int idOffset) {
        BitSet ids = new BitSet();
        int rows = 0;
        int repeated = 0;
        int unequal = 0;
        try (PreparedStatement statement = connection.prepareStatement(IDS_AND_SAMENESS)) {
            statement.setFetchSize(ROWS_A_FETCH);
            statement.setInt(1, idOffset + 1);
            statement.setBytes(2, "0".repeat(PushPayload.ID_DIGITS).getBytes(StandardCharsets.US_ASCII));
            statement.setInt(3, idOffset + 1);
            statement.setBytes(4, blank);
            statement.setLong(5, instanceId);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows++;
                    unequal += result.getBoolean(2) ? 0 : 1;
                    int id = id(result.getString(1));
                    repeated += ids.get(id) ? 1 : 0;
                    ids.set(id);
                }
            }
            connection.rollback();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return new Stored(rows, ids, repeated, unequal);
    }

    private static int id(String digits) {
        if (!digits.matches("\\d{" + PushPayload.ID_DIGITS + "}")) {
            throw new IllegalStateException(
                    "id in a stored body: " + digits + " (expected: " + PushPayload.ID_DIGITS + " digits)");
        }
        return new BigInteger(digits).intValueExact();
    }

    /** Runs a statement outside any transaction. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(sql);
            connection.setAutoCommit(false);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** One number. */
    public long number(String sql) {
        return Long.parseLong(text(sql));
    }

    /** One value as text. */
    public String text(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            String value = result.getString(1);
            connection.rollback();
            return value;
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
