package dev.sluice.persistence.endpoint;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;

/**
 * An endpoint in its organization's list.
 *
 * @param disabled whether its instance is: it stores what comes, and delivers nothing
 */
public record ListedEndpoint(
        EndpointCondition condition, long instanceId, String instanceName, String elementKey, boolean disabled) {
    static ListedEndpoint read(Readable row) {
        return new ListedEndpoint(
                EndpointCondition.read(row),
                requireNonNull(row.get("instance_id", Long.class)),
                requireNonNull(row.get("name", String.class)),
                requireNonNull(row.get("element_key", String.class)),
                requireNonNull(row.get("disabled", Boolean.class)));
    }

    /** The endpoint's own. */
    public long id() {
        return condition.endpoint().id();
    }
}
