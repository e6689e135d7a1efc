package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.BatchExportsException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.ContextView;

/**
 * One subscriber of a watch: what it was delivered of each export, and what waits until it asks. A newer state takes the place
 * of the one that waits, so that memory is bounded by the number of exports.
 *
 * <p>Changes are noted by the poll; all deliveries go through {@link #drain()}, one thread at a time.
 */
final class Watcher implements Subscription, SharedPoll.Member {

    private final CoreSubscriber<? super ExportChange> downstream;
    private final WatchOptions options;
    private final ListPoll poll;
    private final ContextView context;
    private final AtomicLong requested = new AtomicLong();
    // Begins as if a drain were under way, so that nothing is delivered before the subscription is.
    private final AtomicInteger drains = new AtomicInteger(1);

    // Guarded by this.
    private final Map<String, ExportRequest> delivered = new HashMap<>();
    private final Map<String, ExportRequest> waiting = new LinkedHashMap<>();
    private boolean skipInitial;
    private long pollsBefore;
    private @Nullable Throwable failure;

    private volatile boolean over;

    // The drain's own.
    private @Nullable ExportRequest matched;

    // The drain's own, but for the reading of it.
    private volatile boolean wantsPolls;

    public Watcher(CoreSubscriber<? super ExportChange> downstream, WatchOptions options, ListPoll poll) {
        this.downstream = downstream;
        this.options = options;
        this.poll = poll;
        this.context = downstream.currentContext();
        this.skipInitial = !options.emitInitial();
    }

    public WatchOptions options() {
        return options;
    }

    /** Polls are made while more is asked for than there is to give. */
    @Override
    public @Nullable Duration nextPollAfter() {
        return wantsPolls && !over ? options.interval() : null;
    }

    @Override
    public ContextView context() {
        return context;
    }

    /** Takes note of how exports are now. The filter is for the drain, since this is called under a lock. */
    public synchronized void note(Collection<ExportRequest> exports) {
        if (failure != null) {
            // Ends after what waits already.
            return;
        }
        for (ExportRequest export : exports) {
            if (skipInitial) {
                delivered.put(export.id(), export);
            } else {
                waiting.put(export.id(), export);
            }
        }
    }

    /** Takes note of how exports were before it came, after so many polls had begun. */
    public synchronized void admitted(Collection<ExportRequest> exports, long pollsBegun) {
        pollsBefore = pollsBegun;
        note(exports);
    }

    /** After one that began since it came, what was not there before is a discovery; an older one may miss things. */
    public synchronized void pollEnded(long number) {
        skipInitial &= number <= pollsBefore;
    }

    /** Forgets what is no longer listed, once it was delivered. */
    public synchronized void keep(Set<String> listed) {
        delivered.keySet().removeIf(id -> !listed.contains(id) && !waiting.containsKey(id));
    }

    public void pollFailed(BatchExportsException cause) {
        try {
            options.onPollFailure().accept(cause);
        } catch (Throwable e) {
            Exceptions.throwIfJvmFatal(e);
            end(e);
        }
    }

    /** Ends the watch, after what waits was delivered. */
    public void end(Throwable cause) {
        synchronized (this) {
            failure = failure == null ? cause : failure;
        }
        drain();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            forgetWaiting();
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
        forgetWaiting();
    }

    private synchronized void forgetWaiting() {
        waiting.clear();
    }

    /** Hands over the subscription, and begins. */
    public void start() {
        try {
            downstream.onSubscribe(this);
        } catch (Throwable e) {
            Exceptions.throwIfJvmFatal(e);
            cancel();
            throw e;
        }
        drainAll();
    }

    /** Delivers what waits as far as it is asked for, and asks for polls when that is not enough. */
    public void drain() {
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
            // Not from within the drain: what a poll brings at once is delivered at once.
            poll.update();
        }
    }

    /** Whether polls are wanted now and were not before, or the other way round. */
    private boolean deliver() {
        try {
            deliverWhatIsAskedFor();
            Throwable cause = failureIfAllIsDelivered();
            if (cause != null && !over) {
                over = true;
                poll.leave(this);
                downstream.onError(cause);
            }
        } catch (Throwable e) {
            Exceptions.throwIfJvmFatal(e);
            // A subscriber must not throw. When one does, this is its end, and not that of the poll for the others.
            cancel();
            Operators.onErrorDropped(e, downstream.currentContext());
        }
        boolean wantedPolls = wantsPolls;
        wantsPolls = !over && requested.get() > 0;
        return !over && wantsPolls != wantedPolls;
    }

    private void deliverWhatIsAskedFor() {
        while (!over && (requested.get() > 0 || hasFailed())) {
            ExportRequest export = firstMatch();
            if (export == null || requested.get() == 0) {
                return;
            }
            ExportChange change = take(export);
            if (change != null) {
                if (requested.get() != Long.MAX_VALUE) {
                    requested.decrementAndGet();
                }
                downstream.onNext(change);
            }
        }
    }

    /** The first of those that wait, once the filter let it through. Those before it are settled. */
    private @Nullable ExportRequest firstMatch() {
        ExportRequest export = firstChanged();
        while (export != null && !export.equals(matched)) {
            boolean matches;
            try {
                matches = options.filter().test(export);
            } catch (Throwable e) {
                Exceptions.throwIfJvmFatal(e);
                forgetWaiting();
                end(e);
                return null;
            }
            if (matches) {
                matched = export;
            } else {
                take(export);
                export = firstChanged();
            }
        }
        return export;
    }

    private synchronized @Nullable ExportRequest firstChanged() {
        Iterator<ExportRequest> exports = waiting.values().iterator();
        while (exports.hasNext()) {
            ExportRequest export = exports.next();
            if (ExportChange.between(delivered.get(export.id()), export) != null) {
                return export;
            }
            exports.remove();
        }
        return null;
    }

    /** Null when another state took its place meanwhile. */
    private synchronized @Nullable ExportChange take(ExportRequest export) {
        return waiting.remove(export.id(), export)
                ? ExportChange.between(delivered.put(export.id(), export), export)
                : null;
    }

    private synchronized boolean hasFailed() {
        return failure != null;
    }

    private synchronized @Nullable Throwable failureIfAllIsDelivered() {
        return waiting.isEmpty() ? failure : null;
    }
}
