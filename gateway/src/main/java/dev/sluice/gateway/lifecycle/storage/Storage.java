package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.embedded.DirectoryHeldException;
import dev.sluice.persistence.embedded.DirectoryLock;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's server and this node's directory. Closed after everything that uses them: an embedded server runs until
 * the drain has written its last row.
 *
 * @param stop stops the server and gives up the directory, at the very end
 */
record Storage(DatabaseAddress address, NodeIdentity node, Runnable stop) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

    /**
     * Starts the embedded server, or finds the external one's address.
     *
     * @throws StartRefusedException when a setting is wrong, or an external database comes without what its
     *     nodes share
     * @throws DirectoryHeldException when another gateway works on the data directory
     */
    static Storage open(StorageSettings settings) {
        settings.requirePlainPublicUrl();
        settings.requireWhatSeveralNodesShare();
        return settings.embedded() ? embedded(settings) : external(settings);
    }

    private static Storage embedded(StorageSettings settings) {
        EmbeddedDatabase server = EmbeddedDatabase.start(settings.dataDir());
        return new Storage(
                server.address(),
                new NodeIdentity(new DataDirectory(settings.dataDir()).node().value()),
                server::close);
    }

    /** Nodes that share a database may well share a disk: the first is the node it names, the others are new ones. */
    private static Storage external(StorageSettings settings) {
        DatabaseAddress address = address(settings.databaseUrl());
        try {
            DirectoryLock lock = DirectoryLock.acquire(settings.dataDir());
            String node = new DataDirectory(settings.dataDir()).node().value();
            return new Storage(address, new NodeIdentity(node), lock::close);
        } catch (DirectoryHeldException | UncheckedIOException unusable) {
            LOG.info("This is a new node: {}", unusable.getMessage());
            return new Storage(address, new NodeIdentity(UUID.randomUUID().toString()), () -> {});
        }
    }

    /** @throws StartRefusedException when it is none */
    static DatabaseAddress address(String url) {
        try {
            return DatabaseAddress.parse(url);
        } catch (IllegalArgumentException malformed) {
            throw new StartRefusedException(malformed.getMessage(), "Correct SLUICE_DATABASE_URL.");
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
