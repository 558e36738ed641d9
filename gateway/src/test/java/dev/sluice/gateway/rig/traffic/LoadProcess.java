package dev.sluice.gateway.rig.traffic;

import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.process.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A load generator in a process of its own. */
public final class LoadProcess implements AutoCloseable {
    private final JavaProcess process;
    private final Path exchange;

    private LoadProcess(Path directory) {
        this.exchange = directory.resolve("load.bin").toAbsolutePath();
        this.process = JavaProcess.startInstrument(new JavaProcess.Command(
                "load",
                LoadMain.class.getName(),
                List.of("-Xmx512m", "-XX:+UseParallelGC"),
                List.of(),
                Map.of(),
                directory));
    }

    /** Starts one that keeps its files in that directory. */
    public static LoadProcess start(Path directory) {
        return new LoadProcess(directory);
    }

    /** Runs the plan against the target's first address and waits for its end. */
    public Sent run(Target target, LoadPlan plan) {
        process.ask(String.join(
                " ",
                String.valueOf(target.addresses().get(0).getPort()),
                target.path(),
                target.secret(),
                String.valueOf(plan.connections()),
                String.valueOf(plan.perSecond()),
                plan.duration().toString(),
                String.valueOf(plan.firstId()),
                exchange.toString()));
        return Sent.read(plan.firstId(), exchange);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
