package io.github.batchexports.reactor.internal.listing;

import io.github.batchexports.ExportPage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * Sits between the pages and one subscriber: delivers items on demand and opens the gate to the next page as soon as the
 * demand so far exceeds the items received so far, with at most one page waiting beyond the one being delivered.
 *
 * <p>A page is delivered only once the gate to its successor is in place, and that gate is tried first. So the next call is
 * under way while items are delivered, and no delivery holds up {@code expand}'s loop.
 *
 * <p>All deliveries and gate openings go through {@link #drain()}, one thread at a time.
 */
final class PageDemand<T> implements CoreSubscriber<ExportPage>, Subscription {

    private final CoreSubscriber<? super T> downstream;
    private final Function<ExportPage, List<T>> items;
    private final int readAhead;
    private final AtomicInteger drains = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();

    // Written where pages arrive. Other threads read them after reading gate, released or ended, which are written
    // later.
    private @Nullable Subscription upstream;
    private long fetched;
    private long fetchedBefore;
    private volatile @Nullable List<T> waiting;
    private volatile boolean released;
    private volatile Sinks.@Nullable Empty<Void> gate;
    private volatile boolean ended;
    private @Nullable Throwable error;

    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException badRequest;

    // Used only by the drain.
    private List<T> page = List.of();
    private int index;
    private long delivered;

    public PageDemand(CoreSubscriber<? super T> downstream, Function<ExportPage, List<T>> items, int readAhead) {
        this.downstream = downstream;
        this.items = items;
        this.readAhead = readAhead;
    }

    /** Puts a page behind a gate: each subscription waits until demand calls for it. */
    public Mono<ExportPage> gate(Mono<ExportPage> fetch) {
        return Mono.fromDirect(subscriber -> {
            Sinks.Empty<Void> opening = Sinks.empty();
            opening.asMono().then(fetch).subscribe(subscriber);
            released = true;
            gate = opening;
            drain();
        });
    }

    @Override
    public Context currentContext() {
        return downstream.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        downstream.onSubscribe(this);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ExportPage received) {
        List<T> list = items.apply(received);
        if (!list.isEmpty()) {
            fetchedBefore = fetched;
            fetched += list.size();
            released = false;
            waiting = list;
        }
    }

    @Override
    public void onError(Throwable failure) {
        error = failure;
        onComplete();
    }

    @Override
    public void onComplete() {
        released = true;
        ended = true;
        drain();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            badRequest = new IllegalArgumentException("request(n) needs n above 0 (Reactive Streams 3.9): " + n);
        } else {
            requested.accumulateAndGet(n, Operators::addCap);
        }
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        cancelUpstream();
        drain();
    }

    private void cancelUpstream() {
        if (upstream != null) {
            upstream.cancel();
        }
    }

    private void drain() {
        if (drains.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            while (step()) {}
            missed = drains.addAndGet(-missed);
        } while (missed != 0);
    }

    /** Does one thing; returns false when there is nothing to do for now. */
    private boolean step() {
        if (cancelled) {
            page = List.of();
            waiting = null;
            gate = null;
            return false;
        }
        if (badRequest != null) {
            cancelUpstream();
            finish(badRequest);
            return false;
        }
        if (openGate() || deliver()) {
            return true;
        }
        if (index == page.size()) {
            if (waiting != null && released) {
                page = waiting;
                index = 0;
                waiting = null;
                return true;
            }
            page = List.of();
            index = 0;
            if (ended && waiting == null) {
                finish(error);
            }
        }
        return false;
    }

    private boolean openGate() {
        Sinks.Empty<Void> opening = gate;
        if (opening == null || waiting != null || requested.get() <= (readAhead > 0 ? fetchedBefore : fetched)) {
            return false;
        }
        gate = null;
        opening.tryEmitEmpty();
        return true;
    }

    private boolean deliver() {
        long demand = requested.get();
        if (delivered == demand || index == page.size()) {
            return false;
        }
        while (delivered != demand && index < page.size() && !cancelled) {
            downstream.onNext(page.get(index));
            index++;
            delivered++;
        }
        return true;
    }

    private void finish(@Nullable Throwable failure) {
        cancelled = true;
        if (failure == null) {
            downstream.onComplete();
        } else {
            downstream.onError(failure);
        }
    }
}
