package dev.sluice.gateway.lifecycle;

import dev.sluice.gateway.lifecycle.storage.StartRefusedException;
import dev.sluice.persistence.embedded.DirectoryHeldException;
import dev.sluice.persistence.embedded.EmbeddedDatabaseException;
import dev.sluice.persistence.secret.KeysetException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in words, not in a stack trace, why the gateway does not start. */
final class StartFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefusedException refused) {
                return new FailureAnalysis(refused.getMessage(), refused.remedy(), refused);
            }
            if (cause instanceof DirectoryHeldException
                    || cause instanceof EmbeddedDatabaseException
                    || cause instanceof KeysetException) {
                return new FailureAnalysis(cause.getMessage(), null, cause);
            }
        }
        return null;
    }
}
