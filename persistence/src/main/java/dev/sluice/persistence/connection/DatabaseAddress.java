package dev.sluice.persistence.connection;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and as whom to enter it.
 *
 * @param password empty where the server asks for none
 */
public record DatabaseAddress(String host, int port, String database, String user, String password) {
    private static final int DEFAULT_PORT = 5432;

    /**
     * Reads {@code postgresql://user:password@host:port/database}; port and password may be missing, reserved characters
     * are percent-encoded.
     *
     * @throws IllegalArgumentException saying which part is missing; it never quotes the password
     */
    public static DatabaseAddress parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException unreadable) {
            throw malformed("not a URL");
        }
        String scheme = uri.getScheme();
        if (!"postgresql".equals(scheme) && !"postgres".equals(scheme)) {
            throw malformed("scheme: " + scheme);
        }
        String path = uri.getPath();
        if (uri.getHost() == null || uri.getRawUserInfo() == null || path == null || path.length() < 2) {
            throw malformed("host, user or database is missing");
        }
        String[] user = uri.getRawUserInfo().split(":", 2);
        return new DatabaseAddress(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                path.substring(1),
                decoded(user[0]),
                user.length < 2 ? "" : decoded(user[1]));
    }

    private static IllegalArgumentException malformed(@Nullable String found) {
        return new IllegalArgumentException(
                "database URL: " + found + " (expected: postgresql://user:password@host:port/database)");
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The same server, another database. */
    public DatabaseAddress withDatabase(String other) {
        return new DatabaseAddress(host, port, other, user, password);
    }

    /** For JDBC, which only migrations use. */
    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** The address without the password, for messages. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }
}
