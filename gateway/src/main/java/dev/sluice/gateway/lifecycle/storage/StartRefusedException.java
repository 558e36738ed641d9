package dev.sluice.gateway.lifecycle.storage;

import org.jspecify.annotations.Nullable;

/** The gateway must not run like this; whoever starts it has to change something first. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /** @param remedy what to do, in whole sentences */
    StartRefusedException(@Nullable String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    /** What to do, in whole sentences. */
    public String remedy() {
        return remedy;
    }
}
