package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.connection.DurabilityCheck;
import dev.sluice.persistence.connection.Migrations;
import dev.sluice.persistence.secret.KeysetException;
import dev.sluice.persistence.secret.SecretCipher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/** Looks at what a gateway would start with, without starting one. Changes nothing. */
public final class SetUpReview {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long DISK_FREE_MIN = 1L << 30;

    private final StorageSettings settings;

    private SetUpReview(StorageSettings settings) {
        this.settings = settings;
    }

    /** Reviews the settings in the environment variables and system properties. Blocks. */
    public static List<SetUpFinding> ofThisEnvironment() {
        return new SetUpReview(StorageSettings.ofThisEnvironment()).findings();
    }

    /** Reviews the settings in there. Blocks. */
    static List<SetUpFinding> of(Environment environment) {
        return new SetUpReview(StorageSettings.of(environment)).findings();
    }

    private List<SetUpFinding> findings() {
        List<SetUpFinding> findings = new ArrayList<>();
        findings.add(given());
        findings.add(dataDirectory());
        settings.givenKeysetFile().ifPresent(file -> findings.add(keyset(file)));
        if (!settings.embedded()) {
            SetUpFinding database = database();
            findings.add(database);
            if (database.isWell()) {
                findings.add(schema());
            }
        }
        return findings;
    }

    private SetUpFinding given() {
        try {
            settings.requirePlainPublicUrl();
            settings.requireWhatSeveralNodesShare();
            return SetUpFinding.well(
                    "settings",
                    settings.embedded()
                            ? "a local start with a database of its own (SLUICE_DATABASE_URL is not set)"
                            : "all that nodes of one database share is set");
        } catch (StartRefusedException refused) {
            return SetUpFinding.problem("settings", refused.getMessage(), refused.remedy());
        }
    }

    private SetUpFinding dataDirectory() {
        Path directory = settings.dataDir().toAbsolutePath().normalize();
        Path existing = directory;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return SetUpFinding.problem(
                    "data directory",
                    existing + " cannot be written to",
                    "Give it to the user that runs the gateway, or name another with SLUICE_DATA_DIR.");
        }
        return disk(directory, existing);
    }

    private static SetUpFinding disk(Path directory, Path existing) {
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = directory + ", " + (free >> 20) + " MB free";
            return free >= DISK_FREE_MIN
                    ? SetUpFinding.well("data directory", found)
                    : SetUpFinding.problem(
                            "data directory",
                            found,
                            "Make room: the embedded database stops taking webhooks when the disk is full.");
        } catch (IOException unknown) {
            return SetUpFinding.problem("data directory", unknown.toString(), "Check the disk that it is on.");
        }
    }

    private static SetUpFinding keyset(Path file) {
        try {
            SecretCipher.read(file);
            return SetUpFinding.well("keyset", file + " can be used");
        } catch (KeysetException unusable) {
            return SetUpFinding.problem(
                    "keyset",
                    unusable.getMessage(),
                    "Bring the file that the other nodes have; a first one is made by `java -jar sluice.jar keyset create FILE`.");
        }
    }

    private SetUpFinding database() {
        DatabaseAddress address;
        try {
            address = DatabaseAddress.parse(settings.databaseUrl());
        } catch (IllegalArgumentException malformed) {
            return SetUpFinding.problem("database", malformed.getMessage(), "Correct SLUICE_DATABASE_URL.");
        }
        Database database = new Database(address, 1);
        try {
            String problems = String.join(
                    "; ",
                    new DurabilityCheck(database)
                            .problems()
                            .blockOptional(PATIENCE)
                            .orElseThrow());
            return problems.isEmpty()
                    ? SetUpFinding.well("database", address + " answers and keeps what it commits")
                    : SetUpFinding.problem(
                            "database",
                            address + " would lose webhooks: " + problems,
                            "Change these settings of the server, its databases and roles.");
        } catch (RuntimeException away) {
            return SetUpFinding.problem(
                    "database",
                    address + " does not answer: " + away.getMessage(),
                    "Check that it runs, that SLUICE_DATABASE_URL names it, and that its user and password are right.");
        } finally {
            database.close();
        }
    }

    private SetUpFinding schema() {
        try {
            List<String> missing = Migrations.missing(DatabaseAddress.parse(settings.databaseUrl()));
            if (missing.isEmpty()) {
                return SetUpFinding.well("schema", "this version's, or newer");
            }
            String found = "lacks this version's migrations " + String.join(", ", missing);
            return settings.migrate()
                    ? SetUpFinding.well("schema", found + "; the first node to start applies them")
                    : SetUpFinding.problem("schema", found + ", and SLUICE_MIGRATE is false", FirstContact.MIGRATE);
        } catch (RuntimeException unreadable) {
            return SetUpFinding.problem(
                    "schema",
                    "cannot be read: " + unreadable.getMessage(),
                    "Give the user of SLUICE_DATABASE_URL the right to read and make tables in it.");
        }
    }
}
