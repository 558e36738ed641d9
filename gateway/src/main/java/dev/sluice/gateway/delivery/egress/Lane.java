package dev.sluice.gateway.delivery.egress;

import dev.sluice.gateway.delivery.retry.RetryBudget;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The way to one endpoint: how many calls at once, who waits for his turn, and whether calling is worth it now. What hangs
 * here holds up nobody on another lane.
 *
 * <p>A quarter of the calls is kept for owed deliveries, so that a steady stream of new ones cannot starve them; what first
 * attempts leave free they may use, too. (Below four calls at once, only that.) While calls fail, repeats have a budget.
 */
public final class Lane {
    private static final int OWED_SHARE = 4;
    /** More than there are connections for; an instance may name any number. */
    private static final int CALLS_MAX = 10_000;

    private final LaneLimits limits;
    private final CircuitBreaker breaker;
    private final CallLimit firstAttempts;
    private final CallLimit owed;
    private final WaitingLine waiting;
    private final RetryBudget budget = new RetryBudget(System.nanoTime());
    private volatile int concurrency;
    private volatile @Nullable Pace pace;
    private volatile long openUntilNanos = System.nanoTime();
    private volatile boolean opening;

    Lane(LaneLimits limits, CircuitBreaker breaker) {
        this.limits = limits;
        this.breaker = breaker;
        this.concurrency = limits.concurrency();
        this.firstAttempts = new CallLimit(concurrency - owedShare(concurrency));
        this.owed = new CallLimit(owedShare(concurrency));
        this.waiting = new WaitingLine(limits, firstAttempts, () -> new Permit(this, firstAttempts));
    }

    private static int owedShare(int concurrency) {
        return concurrency / OWED_SHARE;
    }

    /**
     * Waits for the right to make a first attempt, in the order of coming.
     *
     * @param bytes held in memory meanwhile
     * @return empty when too many wait already, or none became free in time
     */
    public Mono<Permit> enter(long bytes) {
        return Mono.<Permit>create(sink -> enter(sink, bytes)).doOnDiscard(Permit.class, Permit::release);
    }

    /** The right to make a first attempt, when it is to be had at once; else null. */
    public @Nullable Permit tryEnter() {
        return waiting.isEmpty() && firstAttempts.tryTake() ? new Permit(this, firstAttempts) : null;
    }

    private void enter(MonoSink<Permit> sink, long bytes) {
        Permit now = tryEnter();
        if (now != null) {
            sink.success(now);
        } else {
            waiting.join(sink, bytes);
        }
    }

    /** Lets go who waits, as far as permits reach. */
    void admitWaiting() {
        waiting.admit();
    }

    /** Sends away who has waited too long. */
    void expire(long nowNanos) {
        waiting.expire(nowNanos);
    }

    /**
     * The right to call for owed deliveries, as many as can start now.
     *
     * @param most at least 1
     * @return none to {@code most}; while the breaker is open none, and one when it is time to try
     */
    public List<Permit> enterOwed(int most) {
        return take(Math.min(most, allowedOwed()));
    }

    /**
     * The same for an endpoint whose first attempts are owed, too: only repeats have a budget, so {@link #mayRepeat} is to be
     * asked for those.
     */
    public List<Permit> enterInLine(int most) {
        return take(Math.min(most, paced()));
    }

    private List<Permit> take(int count) {
        List<Permit> permits = new ArrayList<>(count);
        while (permits.size() < count && owed.tryTake()) {
            permits.add(new Permit(this, owed));
        }
        while (permits.size() < count && waiting.isEmpty() && firstAttempts.tryTake()) {
            permits.add(new Permit(this, firstAttempts));
        }
        return permits;
    }

    /** Whether all calls there may be at once are under way: an owed delivery may be called as soon as one ends. */
    public boolean isFull() {
        return owed.isFull() && (firstAttempts.isFull() || !waiting.isEmpty());
    }

    /** Whether there is a budget for repeats now. */
    public boolean mayRepeat() {
        return !isFailing() || budget.available(System.nanoTime()) > 0;
    }

    private boolean isFailing() {
        return breaker.getState() == CircuitBreaker.State.CLOSED
                && breaker.getMetrics().getNumberOfFailedCalls() > 0;
    }

    private int allowedOwed() {
        int paced = paced();
        return isFailing() ? Math.min(paced, budget.available(System.nanoTime())) : paced;
    }

    private int paced() {
        if (breaker.getState() != CircuitBreaker.State.CLOSED) {
            return openFor().isZero() ? 1 : 0;
        }
        Pace limit = pace;
        return limit == null ? Integer.MAX_VALUE : limit.leftForOwed(System.nanoTime());
    }

    /** How long calls a second let no owed delivery go; zero when they do. */
    public Duration pacedFor() {
        Pace limit = pace;
        return limit == null ? Duration.ZERO : limit.untilOwed(System.nanoTime());
    }

    /**
     * Begins to call, unless there are more at once than there may be by now, or were enough in the last second; to be asked
     * once for each attempt.
     *
     * @param permit for the call, which ends when that is given back
     * @param attempts of the delivery, made before
     * @param fromRow whether it is an owed delivery
     */
    public boolean tryCall(Permit permit, int attempts, boolean fromRow) {
        if (permit.isTooMany()) {
            return false;
        }
        Pace limit = pace;
        if (limit != null) {
            long now = System.nanoTime();
            Pace.Call call = fromRow ? limit.tryOwed(now) : limit.tryFirst(now);
            if (call == null) {
                return false;
            }
            permit.begun(limit, call);
        }
        if (attempts == 0) {
            budget.earn();
        } else {
            budget.spend();
        }
        return true;
    }

    /** Begins to call whatever was called before: there is one probe at a time. */
    public void probe(Permit permit) {
        Pace limit = pace;
        if (limit != null) {
            permit.begun(limit, limit.beginAnyway(System.nanoTime()));
        }
    }

    /**
     * The right to probe an endpoint whose breaker is open: whether this lane's own is does not matter. Null when all calls
     * are taken.
     */
    public @Nullable Permit enterProbe() {
        if (owed.tryTake()) {
            return new Permit(this, owed);
        }
        return firstAttempts.tryTake() ? new Permit(this, firstAttempts) : null;
    }

    /** The call under the breaker: refused while it is open, and counted. */
    public Mono<Answer> guard(Mono<Answer> call) {
        return call.transformDeferred(CircuitBreakerOperator.of(breaker)).doOnTerminate(this::noteOpening);
    }

    private void noteOpening() {
        if (breaker.getState() == CircuitBreaker.State.OPEN && openFor().isZero()) {
            openUntilNanos = System.nanoTime() + limits.breakerOpen().toNanos();
            opening = true;
        }
    }

    /** Whether the breaker has opened since this was taken last. */
    public boolean hasOpened() {
        return opening;
    }

    /** Takes the news that the breaker has opened: true for one of those who ask. */
    public boolean takeOpening() {
        boolean news = opening;
        opening = false;
        return news;
    }

    /** The endpoint is called again: what this lane's breaker has seen before does not count any more. */
    void closeBreaker() {
        if (breaker.getState() != CircuitBreaker.State.CLOSED) {
            openUntilNanos = System.nanoTime();
            breaker.reset();
        }
    }

    /** How long the breaker still lets nothing through; zero when it may be tried. */
    public Duration openFor() {
        long left = openUntilNanos - System.nanoTime();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /**
     * Changes how many calls there may be; those under way go on.
     *
     * @param atOnce empty for as many as usual
     * @param perSecond empty for any number
     */
    public void limitTo(OptionalInt atOnce, OptionalInt perSecond) {
        limitTo(Math.min(atOnce.orElse(limits.concurrency()), CALLS_MAX));
        Pace before = pace;
        if (perSecond.isEmpty()) {
            pace = null;
        } else if (before == null) {
            pace = new Pace(perSecond.getAsInt());
        } else {
            before.limitTo(perSecond.getAsInt());
        }
    }

    private void limitTo(int calls) {
        if (calls != concurrency) {
            change(calls);
        }
    }

    private synchronized void change(int calls) {
        if (calls != concurrency) {
            concurrency = calls;
            firstAttempts.changeTo(calls - owedShare(calls));
            owed.changeTo(owedShare(calls));
        }
    }
}
