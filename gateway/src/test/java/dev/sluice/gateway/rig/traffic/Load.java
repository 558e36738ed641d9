package dev.sluice.gateway.rig.traffic;

import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.process.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A load generator: one thread, plain sockets, requests prepared as bytes. In an open loop a request's time counts from
 * when the schedule wanted it sent, so that a slow server cannot hide behind a late sender.
 */
public final class Load implements Runnable {
    private static final long RECONNECT_MICROS = 50_000;
    private static final long REDELIVER_MICROS = 300_000;
    private static final long ANSWER_LIMIT_MICROS = 30_000_000;
    private static final long GRACE_MICROS = 10_000_000;
    private static final long SWEEP_MICROS = 1_000_000;

    private final LoadPlan plan;
    private final Ledger ledger;
    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final Deque<LoadConnection> idle = new ArrayDeque<>();
    private final Deque<Later<LoadConnection>> reconnecting = new ArrayDeque<>();
    private final Deque<Later<Long>> redeliveries = new ArrayDeque<>();
    private final long startMicros = WallClock.micros();
    private volatile boolean stopped;
    private int inFlight;
    private long sweptMicros = startMicros;

    private record Later<T>(T what, long atMicros) {}

    /** Makes ready what {@link #run} needs; nothing is connected yet. */
    public Load(Target target, LoadPlan plan, Ledger ledger) {
        this(target, plan, ledger, new PushRequest(target.secret(), target.path()));
    }

    /** The same with other requests than the usual ones. */
    public Load(Target target, LoadPlan plan, Ledger ledger, PushRequest push) {
        this.plan = plan;
        this.ledger = ledger;
        for (int index = 0; index < plan.connections(); index++) {
            connections.add(new LoadConnection(
                    target.addresses().get(index % target.addresses().size()), push));
        }
        try {
            this.selector = Selector.open();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Takes no new ids from now on; what is under way, or to be sent again, is still finished. */
    public void stop() {
        stopped = true;
    }

    /** Sends until the plan's time is over or {@link #stop} is called, and all that was sent has ended. */
    @Override
    public void run() {
        connections.forEach(connection -> reconnecting.add(new Later<>(connection, 0)));
        try (selector) {
            long now = WallClock.micros();
            while (takesNew(now) || isUnfinished(now)) {
                reconnect(now);
                dispatch(now);
                selector.select(this::ready, 1);
                now = WallClock.micros();
                sweep(now);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            connections.forEach(LoadConnection::close);
        }
    }

    private boolean takesNew(long now) {
        return !stopped && now < endMicros();
    }

    private long endMicros() {
        return startMicros + plan.duration().toNanos() / 1_000;
    }

    private boolean isUnfinished(long now) {
        return inFlight + overdue() + redeliveries.size() > 0 && (plan.redeliver() || now < endMicros() + GRACE_MICROS);
    }

    /** Requests whose time has come but which found no free connection. */
    private long overdue() {
        return plan.isClosedLoop() || stopped ? 0 : scheduledUntil(endMicros()) - ledger.issued();
    }

    /** How many requests the schedule has wanted so far, sent or not. */
    public long offered() {
        return scheduledUntil(Math.min(WallClock.micros(), endMicros()));
    }

    private long scheduledUntil(long micros) {
        // The small addition keeps 0.5 s of 2,000 a second from ending at 999.
        return (long) ((micros - startMicros) / 1e6 * plan.perSecond() + 1e-6);
    }

    private void reconnect(long now) {
        while (!reconnecting.isEmpty() && reconnecting.peekFirst().atMicros() <= now) {
            LoadConnection connection = reconnecting.removeFirst().what();
            try {
                connection.connect(selector);
            } catch (IOException refused) {
                down(connection, now);
            }
        }
    }

    private void dispatch(long now) {
        while (!idle.isEmpty()) {
            long id = next(now);
            if (id == LoadConnection.NO_ID) {
                return;
            }
            LoadConnection connection = idle.removeFirst();
            inFlight++;
            try {
                connection.send(id, now);
            } catch (IOException broken) {
                down(connection, now);
            }
        }
    }

    private long next(long now) {
        if (!redeliveries.isEmpty() && redeliveries.peekFirst().atMicros() <= now) {
            return redeliveries.removeFirst().what();
        }
        if (plan.isClosedLoop()) {
            return takesNew(now) ? ledger.issue(now) : LoadConnection.NO_ID;
        }
        if (stopped || ledger.issued() >= scheduledUntil(Math.min(now, endMicros()))) {
            return LoadConnection.NO_ID;
        }
        return ledger.issue(startMicros + (long) (ledger.issued() * 1e6 / plan.perSecond()));
    }

    private void ready(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (key.isConnectable()) {
                connection.finishConnecting();
                idle.addLast(connection);
                return;
            }
            if (key.isWritable()) {
                connection.write();
            }
            if (key.isReadable()) {
                int status = connection.read();
                if (status != 0) {
                    answered(connection, status);
                }
            }
        } catch (IOException broken) {
            down(connection, WallClock.micros());
        }
    }

    private void answered(LoadConnection connection, int status) {
        long now = WallClock.micros();
        ended(connection.release(), status, now);
        if (connection.isClosedByServer()) {
            connection.close();
            reconnecting.addLast(new Later<>(connection, now));
        } else {
            idle.addFirst(connection);
            if (plan.isClosedLoop()) {
                dispatch(now);
            }
        }
    }

    private void ended(long id, int status, long now) {
        inFlight--;
        ledger.answered(id, status, now);
        if (plan.redeliver() && !Ledger.isSuccess(status)) {
            redeliveries.addLast(new Later<>(id, now + REDELIVER_MICROS));
        }
    }

    private void down(LoadConnection connection, long now) {
        idle.remove(connection);
        connection.close();
        long id = connection.release();
        if (id != LoadConnection.NO_ID) {
            ended(id, Ledger.BROKEN, now);
        }
        reconnecting.addLast(new Later<>(connection, now + RECONNECT_MICROS));
    }

    /** Ends what got no answer, so that a server that hangs cannot hold ids back for ever. */
    private void sweep(long now) {
        if (now - sweptMicros < SWEEP_MICROS) {
            return;
        }
        sweptMicros = now;
        for (LoadConnection connection : connections) {
            long since = connection.waitingSinceMicros();
            if (since > 0 && now - since > ANSWER_LIMIT_MICROS) {
                down(connection, now);
            }
        }
    }
}
