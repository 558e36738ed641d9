package dev.sluice.gateway.command;

import dev.sluice.persistence.secret.KeysetChange;
import dev.sluice.persistence.secret.KeysetException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** {@code keyset add|promote|remove <file>}: changes the keys that encrypt customers' secrets. */
final class KeysetCommand {
    private static final String USAGE = "usage: keyset add|promote|remove <file>";

    private final PrintStream out;

    KeysetCommand(PrintStream out) {
        this.out = out;
    }

    int run(String name, Path file) {
        Optional<KeysetChange> change = KeysetChange.named(name);
        if (change.isEmpty()) {
            out.println(USAGE);
            return 2;
        }
        try {
            int keys = change.get().apply(file);
            out.println("The keyset holds " + keys + (keys == 1 ? " key." : " keys."));
            return 0;
        } catch (KeysetException unusable) {
            throw new CommandFailedException("Nothing was changed. " + unusable.getMessage(), unusable);
        }
    }
}
