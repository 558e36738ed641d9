package dev.sluice.persistence.groupcommit;

import dev.sluice.persistence.epoch.FenceClosedException;
import io.r2dbc.spi.R2dbcException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose fault an error is, by its SQLSTATE. */
enum Fault {
    /** The connection is lost or silent: what was sent last may or may not have happened. */
    CONNECTION,
    /** A deadlock, a lock not had in time, a fence that closed: the same may succeed at once. */
    PASSING,
    /** The server cannot write for anybody: its disk is full, it is a standby, a partition is missing. */
    STORE,
    /** A member holds what the server refuses. */
    MEMBER;

    private static final Set<String> PASSING_STATES = Set.of("40P01", "40001", "55P03");
    private static final Set<String> STORE_STATES = Set.of("25006", "23514", "42P01");

    static Fault of(Throwable error) {
        if (error instanceof FenceClosedException) {
            return PASSING;
        }
        if (!(error instanceof R2dbcException fromServer)) {
            return CONNECTION;
        }
        return of(fromServer.getSqlState());
    }

    private static Fault of(@Nullable String sqlState) {
        if (sqlState == null || sqlState.startsWith("08") || sqlState.startsWith("57")) {
            return CONNECTION;
        }
        if (PASSING_STATES.contains(sqlState)) {
            return PASSING;
        }
        boolean resources = sqlState.startsWith("53") || sqlState.startsWith("58") || sqlState.startsWith("XX");
        return resources || STORE_STATES.contains(sqlState) ? STORE : MEMBER;
    }
}
