package dev.sluice.persistence.eventlog;

import java.util.List;

/** How a repeat is known. The keys are the provider's ids, of any length; they are hashed before they are stored. */
public sealed interface Dedupe {

    /**
     * The webhook has ids of its own; if any was seen before, it is a repeat.
     *
     * @param alternatives empty when nothing tells a repeat
     */
    record ByWebhook(List<String> alternatives) implements Dedupe {
        public ByWebhook {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * Each item has an id; only items not seen before count, and with none left the webhook is a repeat.
     *
     * @param keys one for each item, in the items' order
     */
    record ByItem(List<String> keys) implements Dedupe {
        public ByItem {
            keys = List.copyOf(keys);
        }
    }
}
