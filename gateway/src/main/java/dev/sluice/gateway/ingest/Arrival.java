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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A webhook that has arrived whole, and whose it is. */
record Arrival(Element element, Instance instance, Received received) {
    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    /**
     * Checks the signature.
     *
     * @throws UnauthorizedException when a configured key is not proven, or one is required and none configured
     */
    void verify(boolean signatureRequired) {
        String refusal = refusal(signatureRequired);
        if (refusal != null) {
            throw new UnauthorizedException(refusal);
        }
    }

    /** Why the signature does not prove the sender, or null when it does, or need not. */
    @Nullable String refusal(boolean signatureRequired) {
        Verification verification = element.verify(received.webhook(), settings(), received.at());
        if (verification instanceof Verification.Refused refused) {
            return refused.reason();
        }
        return signatureRequired && verification instanceof Verification.Unsigned
                ? "signature: none could be verified (expected: the instance has event.vendor.signature.key)"
                : null;
    }

    /** What of it the instance may see, where several share it; empty when that is nothing. */
    Optional<Arrival> share() {
        Webhook whole = received.webhook();
        return element.share(whole, settings())
                .map(part -> part == whole ? this : new Arrival(element, instance, received.with(part)));
    }

    /** Reads what it is for; a fault in the normalizer makes an event of it that was not understood. */
    Mono<Understood> understand() {
        try {
            return understood(element.read(received.webhook(), settings(), received.at()));
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
                        Drafts.understood(instance, received, event, items), event.marks(), received.at()))
                .onErrorResume(
                        error -> !(error instanceof MalformedBodyException), fault -> Mono.just(notUnderstood(fault)));
    }

    private Understood notUnderstood(Throwable fault) {
        LOG.error(
                "The {} normalizer failed; instance {} gets the webhook raw",
                instance.elementKey(),
                instance.id(),
                fault);
        EventDraft draft = Drafts.notUnderstood(instance, received, fault);
        return new Understood.Event(draft, List.of(), received.at());
    }

    private Settings settings() {
        return new Settings(instance.configuration());
    }
}
