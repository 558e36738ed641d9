package dev.sluice.gateway.command;

import dev.sluice.gateway.lifecycle.storage.SchemaChange;
import dev.sluice.gateway.lifecycle.storage.StartRefusedException;
import java.io.PrintStream;
import org.springframework.boot.logging.LoggingSystem;

/** {@code migrate}: brings the schema to this version and ends. */
final class MigrateCommand {
    private final PrintStream out;

    MigrateCommand(PrintStream out) {
        this.out = out;
    }

    int run() {
        LoggingSystem.get(MigrateCommand.class.getClassLoader()).beforeInitialize();
        try {
            out.println("The schema is this version's: " + SchemaChange.ofThisEnvironment());
            return 0;
        } catch (StartRefusedException refused) {
            throw new CommandFailedException(refused.getMessage() + ". " + refused.remedy(), refused);
        }
    }
}
