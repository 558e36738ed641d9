package dev.sluice.gateway.rig.traffic;

import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.process.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A receiver in a process of its own. */
public final class ReceiverProcess implements AutoCloseable {
    private final JavaProcess process;
    private final Path exchange;

    private ReceiverProcess(Path directory) {
        this.exchange = directory.resolve("receiver.bin").toAbsolutePath();
        this.process = JavaProcess.startInstrument(new JavaProcess.Command(
                "receiver",
                ReceiverMain.class.getName(),
                List.of("-Xmx512m", "-XX:+UseParallelGC"),
                List.of(),
                Map.of(),
                directory));
    }

    /** Starts one that keeps its files in that directory. */
    public static ReceiverProcess start(Path directory) {
        return new ReceiverProcess(directory);
    }

    /** Where notifications are to be sent. */
    public String url() {
        return process.ask("url");
    }

    /** How many ids came at least once. */
    public int distinct() {
        return Integer.parseInt(process.ask("distinct"));
    }

    /** How many notifications had no id of ours or no {@code webhook-id}. */
    public int strange() {
        return Integer.parseInt(process.ask("strange"));
    }

    /** What is known of {@code count} ids from {@code firstId} on. */
    public Received received(long firstId, int count) {
        process.ask("received " + firstId + " " + count + " " + exchange);
        return Received.read(firstId, exchange);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
