package dev.sluice.gateway.command;

import dev.sluice.persistence.secret.KeysetChange;
import dev.sluice.persistence.secret.KeysetException;
import dev.sluice.persistence.secret.SecretCipher;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code keyset create|add|promote|remove <file>}: makes or changes the keys that encrypt customers' secrets. */
final class KeysetCommand {
    private static final String USAGE = "usage: keyset create|add|promote|remove <file>";

    private static final String CREATE = "create";

    private final PrintStream out;

    KeysetCommand(PrintStream out) {
        this.out = out;
    }

    int run(String name, Path file) {
        if (name.equalsIgnoreCase(CREATE)) {
            return create(file);
        }
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

    /** A file that is there may be the only one that reads what it encrypted. */
    private int create(Path file) {
        if (Files.exists(file)) {
            throw new CommandFailedException("Nothing was changed. There is a file " + file
                    + " already; if it is a keyset, what it encrypted is lost without it.");
        }
        try {
            SecretCipher.readOrGenerate(file);
        } catch (KeysetException unwritable) {
            throw new CommandFailedException("Nothing was made. " + unwritable.getMessage(), unwritable);
        }
        out.println(file + " is a new keyset. Keep a copy apart from the database's backups.");
        return 0;
    }
}
