package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The two secrets the API is called with, given or generated at the first start; the database knows only their hashes. */
public record Credentials(Secret user, Secret organization) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * One secret.
     *
     * @param value never to be printed unless fresh
     * @param file where a generated one is kept; null for a given one
     * @param fresh whether this start generated it
     */
    public record Secret(String value, @Nullable Path file, boolean fresh) {
        private static Secret of(Optional<String> given, Supplier<DataDirectory.Kept> generated) {
            return given.map(value -> new Secret(value, null, false)).orElseGet(() -> {
                DataDirectory.Kept kept = generated.get();
                return new Secret(kept.value(), kept.file(), kept.fresh());
            });
        }

        /**
         * What a shell replaces by the secret.
         *
         * @param variable the environment variable that gave it
         */
        public String inShell(String variable) {
            return file == null ? "$" + variable : "$(cat '" + file + "')";
        }

        @Override
        public String toString() {
            return "Secret[…]";
        }
    }

    /** Finds or makes the secrets and lets them in. Blocks. */
    static Credentials establish(Database database, StorageSettings settings) {
        DataDirectory directory = new DataDirectory(settings.dataDir());
        Credentials credentials = new Credentials(
                Secret.of(settings.givenUserSecret(), directory::userSecret),
                Secret.of(settings.givenOrganizationSecret(), directory::organizationSecret));
        new AccountRepository(database)
                .bootstrap(credentials.organization.value(), credentials.user.value(), settings.secretOverlap())
                .block(PATIENCE);
        return credentials;
    }
}
