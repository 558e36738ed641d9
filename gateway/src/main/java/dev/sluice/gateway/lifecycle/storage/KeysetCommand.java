package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.secret.KeysetChange;
import dev.sluice.persistence.secret.KeysetException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code java -jar sluice.jar keyset add|promote|remove <file>}: changes the keys instead of starting a gateway. */
public final class KeysetCommand {
    private static final String NAME = "keyset";
    private static final String USAGE = "usage: keyset add|promote|remove <file>";

    private KeysetCommand() {}

    /** Whether these arguments ask for it. */
    public static boolean isAskedFor(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(0).equals(NAME);
    }

    /**
     * Changes the file and says so. Blocks.
     *
     * @return the process's exit code
     */
    public static int run(List<String> arguments, PrintStream out) {
        Optional<KeysetChange> change = arguments.size() == 3 ? KeysetChange.named(arguments.get(1)) : Optional.empty();
        if (change.isEmpty()) {
            out.println(USAGE);
            return 2;
        }
        try {
            int keys = change.get().apply(Path.of(arguments.get(2)));
            out.println("The keyset holds " + keys + (keys == 1 ? " key." : " keys."));
            return 0;
        } catch (KeysetException unusable) {
            out.println(unusable.getMessage());
            return 1;
        }
    }
}
