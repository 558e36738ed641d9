package dev.sluice.gateway.faults;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.network.FaultyLink;
import dev.sluice.gateway.rig.postgres.Postmaster;
import dev.sluice.gateway.rig.traffic.Target;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is run: one gateway with a database of its own, or several that share one behind a link that can be disturbed. */
public final class Installation implements AutoCloseable {
    /** On a machine that is busy with much else a start takes minutes. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private final Path databaseDirectory;
    private final @Nullable EmbeddedDatabase shared;
    private final @Nullable FaultyLink toDatabase;
    private final List<GatewaySetup> setups;
    private final Function<GatewaySetup, Gateway> starter;
    private final List<Gateway> nodes = new ArrayList<>();

    private Installation(
            Path databaseDirectory,
            @Nullable EmbeddedDatabase shared,
            @Nullable FaultyLink toDatabase,
            List<GatewaySetup> setups,
            Function<GatewaySetup, Gateway> starter) {
        this.databaseDirectory = databaseDirectory;
        this.shared = shared;
        this.toDatabase = toDatabase;
        this.setups = setups;
        this.starter = starter;
    }

    /** One gateway that runs its own database. */
    static Installation alone(Path directory, Map<String, String> settings) {
        return started(new Installation(
                directory,
                null,
                null,
                List.of(with(GatewaySetup.embedded("gateway", directory), settings)),
                Gateway::start));
    }

    /** So many gateways on one database, which they reach over a link. */
    public static Installation sharing(int count, Path directory, Map<String, String> settings) {
        EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("database"));
        DatabaseAddress address = database.address();
        FaultyLink link = new FaultyLink(new InetSocketAddress(address.host(), address.port()));
        DatabaseAddress behindLink =
                new DatabaseAddress("127.0.0.1", link.port(), address.database(), address.user(), address.password());
        return started(new Installation(
                directory.resolve("database"),
                database,
                link,
                setups(count, directory, behindLink, settings),
                Gateway::start));
    }

    /**
     * So many gateways on one database, with nothing between.
     *
     * @param starter how each is started
     */
    public static Installation sharingDirectly(
            int count, Path directory, Map<String, String> settings, Function<GatewaySetup, Gateway> starter) {
        EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("database"));
        return started(new Installation(
                directory.resolve("database"),
                database,
                null,
                setups(count, directory, database.address(), settings),
                starter));
    }

    private static List<GatewaySetup> setups(
            int count, Path directory, DatabaseAddress database, Map<String, String> settings) {
        return IntStream.range(0, count)
                .mapToObj(index -> with(
                        GatewaySetup.embedded("node-" + index, directory.resolve("node-" + index))
                                .on(database, directory.resolve("keyset.json")),
                        settings))
                .toList();
    }

    private static GatewaySetup with(GatewaySetup setup, Map<String, String> settings) {
        GatewaySetup complete = setup;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            complete = complete.with(setting.getKey(), setting.getValue());
        }
        return complete;
    }

    private static Installation started(Installation installation) {
        try {
            // The first migrates; the others would only wait for it.
            for (GatewaySetup setup : installation.setups) {
                installation.nodes.add(installation.starter.apply(setup));
                installation.nodes.get(0).awaitReady(START_LIMIT);
            }
            installation.nodes.forEach(node -> node.awaitReady(START_LIMIT));
            return installation;
        } catch (RuntimeException | Error failed) {
            // Nobody else will: a database would outlive this JVM.
            installation.close();
            throw failed;
        }
    }

    int size() {
        return setups.size();
    }

    /** One of the gateways. */
    public Gateway node(int index) {
        return nodes.get(index);
    }

    /** Starts a node that was killed again, with its settings and its data. */
    public Gateway start(int index) {
        Gateway again = starter.apply(setups.get(index));
        nodes.set(index, again);
        return again;
    }

    /** Waits until a node is ready; returns how long that took from its start. */
    public static Duration awaitReady(Gateway node) {
        return node.awaitReady(START_LIMIT);
    }

    /** The webhook URL of an instance, on all nodes. */
    public Target target(Gateway.Instance instance) {
        List<Target> each = nodes.stream().map(node -> node.target(instance)).toList();
        return new Target(
                each.stream().flatMap(target -> target.addresses().stream()).toList(),
                each.get(0).path(),
                each.get(0).secret());
    }

    /** What lies between the nodes and their database; a gateway alone has nothing there. */
    public FaultyLink toDatabase() {
        if (toDatabase == null) {
            throw new IllegalStateException("toDatabase: none (expected: nodes that share a database)");
        }
        return toDatabase;
    }

    /** The database's first process as of now. */
    Postmaster postmaster() {
        return Postmaster.find(databaseDirectory)
                .orElseThrow(() -> new IllegalStateException("No PostgreSQL runs in " + databaseDirectory));
    }

    /** Where the database is, past the link. */
    public DatabaseAddress database() {
        return shared == null ? postmaster().embeddedAddress() : shared.address();
    }

    /** Whether all nodes run. */
    boolean isAlive() {
        return nodes.stream().allMatch(Gateway::isAlive);
    }

    /** What all nodes said, in all their lives. */
    public String said() {
        return String.join("\n", nodes.stream().map(Gateway::said).toList());
    }

    @Override
    public void close() {
        nodes.forEach(Gateway::close);
        if (toDatabase != null) {
            toDatabase.close();
        }
        if (shared != null) {
            shared.close();
        }
    }
}
