package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.UnauthorizedException;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.MalformedBodyException;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.persistence.eventlog.EventDraft;
import dev.sluice.persistence.instance.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A webhook that has arrived whole, and whose it is.
 *
 * @param headers those to be stored
 * @param receivedAt by the database's clock as this node knows it
 */
record Arrival(Element element, Instance instance, Webhook webhook, Map<String, String> headers, Instant receivedAt) {
    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    /**
     * Checks the signature.
     *
     * @throws UnauthorizedException when a configured key is not proven, or one is required and none configured
     */
    void verify(boolean signatureRequired) {
        Verification verification = element.verify(webhook, settings(), receivedAt);
        if (verification instanceof Verification.Refused refused) {
            throw new UnauthorizedException(refused.reason());
        }
        if (signatureRequired && verification instanceof Verification.Unsigned) {
            throw new UnauthorizedException(
                    "signature: none could be verified (expected: the instance has event.vendor.signature.key)");
        }
    }

    /** Reads what it is for; a fault in the normalizer makes an event of it that was not understood. */
    Mono<Understood> understand() {
        try {
            return understood(element.read(webhook, settings(), receivedAt));
        } catch (MalformedBodyException sendersFault) {
            throw sendersFault;
        } catch (RuntimeException fault) {
            return Mono.just(notUnderstood(fault));
        }
    }

    private Mono<Understood> understood(Intake intake) {
        if (intake instanceof Intake.Handshake handshake) {
            return Mono.just(new Understood.Handshake(handshake));
        }
        Intake.Event event = (Intake.Event) intake;
        return event.items()
                .collectList()
                .<Understood>map(items -> new Understood.Event(
                        Drafts.understood(instance, webhook, headers, event, items), event.marks()))
                .onErrorResume(
                        error -> !(error instanceof MalformedBodyException), fault -> Mono.just(notUnderstood(fault)));
    }

    private Understood notUnderstood(Throwable fault) {
        LOG.error(
                "The {} normalizer failed; instance {} gets the webhook raw",
                instance.elementKey(),
                instance.id(),
                fault);
        EventDraft draft = Drafts.notUnderstood(instance, webhook, headers, fault, receivedAt);
        return new Understood.Event(draft, List.of());
    }

    private Settings settings() {
        return new Settings(instance.configuration());
    }
}
