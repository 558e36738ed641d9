package dev.sluice.gateway.rig.gateway;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.rig.process.FreePort;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.secret.SecretCipher;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a gateway is started, again and again on the same ports and data.
 *
 * @param name of its log file
 * @param directory where it runs and keeps what it keeps
 * @param port for webhooks and API
 * @param managementPort for readiness and meters
 * @param options for its JVM
 * @param environment its settings
 */
public record GatewaySetup(
        String name,
        Path directory,
        int port,
        int managementPort,
        List<String> options,
        Map<String, String> environment) {
    static final String USER_SECRET = Planted.secret("user");
    static final String ORGANIZATION_SECRET = Planted.secret("organization");

    /** What a caller of its API shows. */
    public static final String AUTHORIZATION = "User " + USER_SECRET + ", Organization " + ORGANIZATION_SECRET;

    public GatewaySetup {
        directory = directory.toAbsolutePath();
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    /** On the embedded database, data below the directory, 512 MB of heap, callbacks to this machine allowed. */
    public static GatewaySetup embedded(String name, Path directory) {
        int port = FreePort.find();
        int managementPort = FreePort.find();
        return new GatewaySetup(
                name,
                directory,
                port,
                managementPort,
                List.of("-Xmx512m"),
                Map.of(
                        "SERVER_PORT",
                        String.valueOf(port),
                        "MANAGEMENT_SERVER_PORT",
                        String.valueOf(managementPort),
                        "SLUICE_DATA_DIR",
                        directory.resolve("data").toAbsolutePath().toString(),
                        "SLUICE_USER_SECRET",
                        USER_SECRET,
                        "SLUICE_ORGANIZATION_SECRET",
                        ORGANIZATION_SECRET,
                        "SLUICE_PUBLIC_URL",
                        "http://localhost:" + port,
                        "SLUICE_DELIVERY_ALLOWED_NETWORKS",
                        "127.0.0.0/8,::1/128"));
    }

    /** The same on an external database, with the keyset that all its gateways share. */
    public GatewaySetup on(DatabaseAddress database, Path keyset) {
        SecretCipher.readOrGenerate(keyset);
        return with("SLUICE_DATABASE_URL", url(database))
                .with("SLUICE_KEYSET_FILE", keyset.toAbsolutePath().toString());
    }

    /** The same with more options for its JVM. */
    public GatewaySetup withOptions(List<String> more) {
        return new GatewaySetup(
                name,
                directory,
                port,
                managementPort,
                Stream.concat(options.stream(), more.stream()).toList(),
                environment);
    }

    /** The address as a setting, password included. */
    public static String url(DatabaseAddress database) {
        return "postgresql://" + database.user() + ":" + database.password() + "@" + database.host() + ":"
                + database.port() + "/" + database.database();
    }

    /** The same with one more setting. */
    public GatewaySetup with(String setting, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(setting, value);
        return new GatewaySetup(name, directory, port, managementPort, options, more);
    }
}
