package dev.sluice.gateway.benchmark;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.traffic.LoadProcess;
import dev.sluice.gateway.rig.traffic.ReceiverProcess;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** All processes of a run, stopped in the opposite order of their start. */
final class Bench implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Deque<Runnable> started = new ArrayDeque<>();
    private final Path directory;
    private final BenchDatabase database;
    private final GatewaySetup setup;
    private final Gateway gateway;
    private final Duration readyAfter;
    private final EventLogReader log;
    private final LoadProcess load;
    private final ReceiverProcess receiver;

    /** Starts everything; the gateway once before, to initialise the database, and once to see how long a start takes. */
    Bench(Path directory) {
        this.directory = directory;
        this.database = BenchDatabase.choose(directory);
        started.push(database::close);
        this.setup = database.setup();
        startAndStop(database.plainSetup());
        this.readyAfter = startAndStop(database.plainSetup());
        this.gateway = Gateway.start(setup);
        started.push(gateway::close);
        gateway.awaitReady(START_LIMIT);
        this.log = EventLogReader.connect(address());
        started.push(log::close);
        this.load = LoadProcess.start(directory);
        started.push(load::close);
        this.receiver = ReceiverProcess.start(directory);
        started.push(receiver::close);
    }

    private static Duration startAndStop(GatewaySetup setup) {
        try (Gateway gateway = Gateway.start(setup)) {
            return gateway.awaitReady(START_LIMIT);
        }
    }

    /** Starts a reference server; whoever asks closes it. */
    ReferenceProcess reference(Reference kind, String secret) {
        ReferenceProcess process = ReferenceProcess.start(kind, directory, secret, address());
        process.awaitListening();
        return process;
    }

    private DatabaseAddress address() {
        return database.address();
    }

    /** Leaves to the next stage nothing that this one should have written. */
    void settle() {
        database.settle(log);
    }

    Gateway gateway() {
        return gateway;
    }

    /** How long a start takes once the database is initialised, from the start of the JVM, without any options. */
    Duration readyAfter() {
        return readyAfter;
    }

    EventLogReader log() {
        return log;
    }

    LoadProcess load() {
        return load;
    }

    ReceiverProcess receiver() {
        return receiver;
    }

    /** Whose CPU time counts while that server is under load. */
    Cpu.Pids pids(long server) {
        return new Cpu.Pids(server, BenchDatabase.postmaster(log), load.pid(), receiver.pid());
    }

    @Override
    public void close() {
        started.forEach(Runnable::run);
    }
}
