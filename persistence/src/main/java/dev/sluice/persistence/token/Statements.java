package dev.sluice.persistence.token;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** Binds what may be missing. */
final class Statements {
    private static final double MILLIS_A_SECOND = 1_000;

    private Statements() {}

    static GenericExecuteSpec seconds(GenericExecuteSpec statement, String name, @Nullable Duration value) {
        return value == null
                ? statement.bindNull(name, Double.class)
                : statement.bind(name, value.toMillis() / MILLIS_A_SECOND);
    }

    static GenericExecuteSpec text(GenericExecuteSpec statement, String name, @Nullable String value) {
        return value == null ? statement.bindNull(name, String.class) : statement.bind(name, value);
    }
}
