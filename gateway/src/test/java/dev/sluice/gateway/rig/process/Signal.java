package dev.sluice.gateway.rig.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java has no word for. */
public enum Signal {
    /** Stops a process in the middle of whatever it does. */
    STOP,
    /** Lets it go on. */
    CONT,
    /** Has PostgreSQL end all sessions and shut down in order. */
    INT;

    /** Sends it. */
    public void to(long pid) {
        try {
            int status = new ProcessBuilder("kill", "-" + name(), String.valueOf(pid))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (status != 0) {
                throw new IllegalStateException(
                        "kill -" + name() + " " + pid + ": status " + status + " (expected: 0)");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
