package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.PollResult;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.ContextView;

/**
 * One subscriber of a project's shared polls: its demand, its end, and the delivery of what waits for it.
 *
 * <p>The poll adds what waits; all deliveries go through {@link #drain()}, one thread at a time.
 *
 * @param <T> what is delivered to it
 */
final class Watcher<T> implements Subscription, SharedPoll.Member {

    private final CoreSubscriber<? super T> downstream;
    private final WatchOptions options;
    private final Pending<T> pending;
    private final ListPoll poll;
    private final ContextView context;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    // Begins as if a drain were under way, so that nothing is delivered before the subscription is.
    private final AtomicInteger drains = new AtomicInteger(1);

    private volatile boolean over;

    // Written only by the drain.
    private volatile boolean wantsPolls;

    Watcher(CoreSubscriber<? super T> downstream, WatchOptions options, Pending<T> pending, ListPoll poll) {
        this.downstream = downstream;
        this.options = options;
        this.pending = pending;
        this.poll = poll;
        this.context = downstream.currentContext();
    }

    WatchOptions options() {
        return options;
    }

    /** Polls are wanted only while demand exceeds what waits. */
    @Override
    public @Nullable Duration nextPollAfter() {
        return wantsPolls && !over ? options.interval() : null;
    }

    @Override
    public ContextView context() {
        return context;
    }

    /** Adds what a poll brought, unless the subscription ends after what waits already. */
    void note(Consumer<Pending<T>> news) {
        if (failure.get() == null) {
            news.accept(pending);
        }
    }

    /** Tells the listener about a poll; returns false if there is none. */
    boolean notifyListener(PollResult result) {
        Consumer<? super PollResult> listener = options.onPoll();
        if (listener == null) {
            return false;
        }
        if (!over) {
            try {
                listener.accept(result);
            } catch (Throwable e) {
                ForeignCode.throwIfFatal(e);
                end(e);
            }
        }
        return true;
    }

    /** Ends the subscription with an error, after what waits was delivered. */
    void end(Throwable cause) {
        failure.compareAndSet(null, cause);
        drain();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            pending.clear();
            end(new IllegalArgumentException("request(n) needs n above 0 (Reactive Streams 3.9): " + n));
        } else {
            requested.accumulateAndGet(n, Operators::addCap);
            drain();
            poll.recover();
        }
    }

    @Override
    public void cancel() {
        over = true;
        poll.leave(this);
        pending.clear();
    }

    /** Passes the subscription to the subscriber, and begins. */
    void start() {
        try {
            downstream.onSubscribe(this);
        } catch (Throwable e) {
            cancel();
            throw e;
        }
        drainAll();
    }

    /** Delivers what waits as far as demanded, and asks for polls if that is not enough. */
    void drain() {
        if (drains.getAndIncrement() == 0) {
            drainAll();
        }
    }

    private void drainAll() {
        boolean demandChanged = false;
        int missed = 1;
        do {
            demandChanged |= deliver();
            missed = drains.addAndGet(-missed);
        } while (missed != 0);
        if (demandChanged) {
            // Outside the drain, so that what a poll brings immediately is delivered immediately.
            poll.update();
        }
    }

    /** Returns whether polls are wanted now and were not before, or the other way round. */
    private boolean deliver() {
        try {
            deliverDemanded();
            Throwable cause = failure.get();
            if (cause != null && !over && !hasNext()) {
                over = true;
                poll.leave(this);
                downstream.onError(cause);
            }
        } catch (Throwable e) {
            ForeignCode.throwIfFatal(e);
            // A subscriber must not throw. If one does, its own subscription ends, and the poll goes on for the others.
            cancel();
            ForeignCode.drop(e, context);
        }
        boolean wantedPolls = wantsPolls;
        wantsPolls = !over && requested.get() > 0;
        return !over && wantsPolls != wantedPolls;
    }

    private void deliverDemanded() {
        while (!over && requested.get() > 0 && hasNext()) {
            T next = take();
            if (next != null) {
                if (requested.get() != Long.MAX_VALUE) {
                    requested.decrementAndGet();
                }
                downstream.onNext(next);
            }
        }
    }

    /** What a filter throws ends its own subscription. */
    private boolean hasNext() {
        try {
            return pending.hasNext();
        } catch (Throwable e) {
            endNow(e);
            return false;
        }
    }

    private @Nullable T take() {
        try {
            return pending.take();
        } catch (Throwable e) {
            endNow(e);
            return null;
        }
    }

    private void endNow(Throwable cause) {
        ForeignCode.throwIfFatal(cause);
        pending.clear();
        end(cause);
    }
}
