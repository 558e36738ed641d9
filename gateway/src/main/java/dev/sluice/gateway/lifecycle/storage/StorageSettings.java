package dev.sluice.gateway.lifecycle.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Where this node keeps what it must not lose, and the secrets it was given. Empty means not given.
 *
 * @param dataDir the embedded database and this node's identity, relative to the working directory
 * @param databaseUrl the external PostgreSQL; empty for the embedded one
 * @param requireDatabaseUrl refuses to start an embedded one, as the profile {@code kubernetes} does
 * @param databasePoolSize the most pooled connections, at least 1
 * @param migrate whether the schema is brought up to date at start
 * @param userSecret the administrator's secret
 * @param organizationSecret the organization's secret
 * @param secretOverlap how long the former secrets stay valid when a node starts with others; 0 ends them at once
 * @param keysetFile what instances' secrets are encrypted with
 * @param publicUrl what the outside calls the gateway by
 */
@ConfigurationProperties("sluice")
public record StorageSettings(
        @DefaultValue("data") Path dataDir,
        @DefaultValue("") String databaseUrl,
        @DefaultValue("false") boolean requireDatabaseUrl,
        @DefaultValue("10") int databasePoolSize,
        @DefaultValue("true") boolean migrate,
        @DefaultValue("") String userSecret,
        @DefaultValue("") String organizationSecret,
        @DefaultValue("24h") Duration secretOverlap,
        @DefaultValue("") String keysetFile,
        @DefaultValue("") String publicUrl) {

    /** Those of the environment variables and system properties, for what runs without the application. */
    static StorageSettings ofThisEnvironment() {
        StandardEnvironment environment = new StandardEnvironment();
        ConfigurationPropertySources.attach(environment);
        return of(environment);
    }

    static StorageSettings of(Environment environment) {
        return Binder.get(environment).bindOrCreate("sluice", StorageSettings.class);
    }

    /** Whether the database is one of our own. */
    public boolean embedded() {
        return databaseUrl.isBlank();
    }

    Optional<String> givenUserSecret() {
        return given(userSecret);
    }

    Optional<String> givenOrganizationSecret() {
        return given(organizationSecret);
    }

    Optional<Path> givenKeysetFile() {
        return given(keysetFile).map(Path::of);
    }

    private static Optional<String> given(String value) {
        return Optional.of(value.strip()).filter(text -> !text.isEmpty());
    }

    /**
     * An external database may have several nodes, and each would make secrets of its own.
     *
     * @throws StartRefusedException naming all that is missing
     */
    void requireWhatSeveralNodesShare() {
        if (embedded() && requireDatabaseUrl) {
            throw new StartRefusedException(
                    "no external database (SLUICE_DATABASE_URL is not set), and this set-up has no embedded one",
                    "Set SLUICE_DATABASE_URL to postgresql://user:password@host:port/database. A pod that kept its database"
                            + " to itself would lose it with the pod.");
        }
        if (embedded()) {
            return;
        }
        String missing = Stream.of(
                        givenUserSecret().isEmpty() ? "SLUICE_USER_SECRET" : "",
                        givenOrganizationSecret().isEmpty() ? "SLUICE_ORGANIZATION_SECRET" : "",
                        givenKeysetFile().isEmpty() ? "SLUICE_KEYSET_FILE" : "",
                        given(publicUrl).isEmpty() ? "SLUICE_PUBLIC_URL" : "")
                .filter(name -> !name.isEmpty())
                .reduce((first, second) -> first + ", " + second)
                .orElse("");
        if (!missing.isEmpty()) {
            throw new StartRefusedException(
                    "external database (SLUICE_DATABASE_URL is set) without " + missing,
                    "Set them, the same on every node: SLUICE_USER_SECRET and SLUICE_ORGANIZATION_SECRET are what callers"
                            + " of the API send, SLUICE_KEYSET_FILE is the file that holds the keyset, SLUICE_PUBLIC_URL"
                            + " is what providers call the gateway by, as in https://hooks.example.com.");
        }
    }

    /**
     * A wrong one would only show when a provider calls.
     *
     * @throws StartRefusedException when it is given and no plain URL
     */
    void requirePlainPublicUrl() {
        Optional<String> url = given(publicUrl);
        if (url.isPresent() && !url.get().matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw new StartRefusedException(
                    "SLUICE_PUBLIC_URL: " + url.get() + " (expected: http or https, a host, perhaps a port and a path)",
                    "Set it to what providers call the gateway by, as in https://hooks.example.com.");
        }
    }
}
