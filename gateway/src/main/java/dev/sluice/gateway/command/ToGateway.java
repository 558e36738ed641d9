package dev.sluice.gateway.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which gateway is meant, and as whom it is asked. */
final class ToGateway {
    @Option(
            names = "--url",
            defaultValue = "${env:SLUICE_URL:-http://localhost:8080}",
            description = "The gateway (default: SLUICE_URL, or http://localhost:8080).")
    private String url = "";

    @Option(
            names = "--user-secret",
            defaultValue = "${env:SLUICE_USER_SECRET:-}",
            description = "Default: SLUICE_USER_SECRET, or the file user-secret in the data directory.")
    private String userSecret = "";

    @Option(
            names = "--organization-secret",
            defaultValue = "${env:SLUICE_ORGANIZATION_SECRET:-}",
            description = "Default: SLUICE_ORGANIZATION_SECRET, or the file organization-secret there.")
    private String organizationSecret = "";

    @Option(
            names = "--data-dir",
            defaultValue = "${env:SLUICE_DATA_DIR:-data}",
            description = "Where a local gateway keeps its secrets (default: SLUICE_DATA_DIR, or data).")
    private Path dataDir = Path.of("data");

    /**
     * The API, asked with these secrets.
     *
     * @throws CommandFailedException when there are none
     */
    GatewayApi api() {
        return new GatewayApi(
                url.replaceFirst("/+$", ""),
                "User " + secret(userSecret, "user-secret") + ", Organization "
                        + secret(organizationSecret, "organization-secret"));
    }

    /** As it was given. */
    String url() {
        return url;
    }

    private String secret(String given, String file) {
        if (!given.isBlank()) {
            return given.strip();
        }
        try {
            return Files.readString(dataDir.resolve(file)).strip();
        } catch (IOException missing) {
            throw new CommandFailedException(
                    "No --" + file + ", and " + dataDir.resolve(file).toAbsolutePath()
                            + " cannot be read. Give the secret, set "
                            + "SLUICE_" + file.replace('-', '_').toUpperCase(Locale.ROOT)
                            + ", or name the directory of a local gateway with --data-dir.",
                    missing);
        }
    }
}
