package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.persistence.epoch.Node;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;

/** The deliveries that this node has in memory: how many bytes they take, whether they may be attempted, whether any are left. */
final class InHand {
    private final Node node;
    private final Background background;
    private final long bytesMax;
    private final BooleanSupplier roomForOutcomes;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean open = true;

    /**
     * @param node says whether another node may be taking over
     * @param bytesMax what deliveries in hand may take, above 0
     * @param roomForOutcomes whether what they come to can wait until it is written
     */
    InHand(Node node, Background background, long bytesMax, BooleanSupplier roomForOutcomes) {
        this.node = node;
        this.background = background;
        this.bytesMax = bytesMax;
        this.roomForOutcomes = roomForOutcomes;
    }

    /** Whether attempts may begin: this node is not stopping, and no other may be taking over. */
    boolean mayAttempt() {
        return open && node.mayAttempt();
    }

    /** Whether more may be claimed: besides, what is claimed comes to an outcome, and that has to wait somewhere. */
    boolean mayClaim() {
        return mayAttempt() && roomForOutcomes.getAsBoolean();
    }

    /** Whether this one may be attempted: besides, no other node may have it by now. */
    boolean mayAttempt(HeldDelivery held) {
        return mayAttempt() && held.isHeld(node.epoch(), System.nanoTime());
    }

    /**
     * Takes that much, unless it is more than is left. One that is larger than all there is gets through when nothing else
     * is held, or it would never.
     */
    boolean tryTake(long count) {
        long before = bytes.getAndAdd(count);
        if (before != 0 && before + count > bytesMax) {
            bytes.addAndGet(-count);
            return false;
        }
        return true;
    }

    void giveBack(long count) {
        bytes.addAndGet(-count);
    }

    /** The bytes that deliveries in hand take. */
    long held() {
        return bytes.get();
    }

    /** Begins the work soon; nobody waits for it. */
    void launch(Mono<Void> work) {
        background.launch(work);
    }

    /** Begins work that only hands something on, at once: another thread would cost more than the work. */
    void begin(Mono<Void> work) {
        background.begin(work);
    }

    /** From now on no attempt begins. */
    void close() {
        open = false;
    }

    /** Completes when nothing is left in hand. */
    Mono<Void> emptied() {
        return background.idle();
    }
}
