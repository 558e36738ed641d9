package dev.sluice.persistence.eventlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/** Turns a provider's ids, of any length and content, into keys of 128 bits: SHA-256 over instance and id, cut. */
final class DedupeKeys {
    private DedupeKeys() {}

    static List<UUID> of(EventDraft draft) {
        return ids(draft.dedupe()).stream()
                .map(id -> key(draft.instanceId(), id))
                .toList();
    }

    private static List<String> ids(Dedupe dedupe) {
        return dedupe instanceof Dedupe.ByItem byItem ? byItem.keys() : ((Dedupe.ByWebhook) dedupe).alternatives();
    }

    private static UUID key(long instanceId, String id) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(instanceId).flip());
            ByteBuffer hash = ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
