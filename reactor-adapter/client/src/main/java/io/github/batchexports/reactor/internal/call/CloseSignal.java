package io.github.batchexports.reactor.internal.call;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Whether a client is closed, as a state and as a signal. A client made from another is closed with it. A subscriber that
 * throws when it hears of it does not keep the others from hearing of it.
 */
public final class CloseSignal {

    private final Mono<Void> signal;

    // Guarded by this.
    private final Set<MonoSink<Void>> subscribers = new LinkedHashSet<>();
    private boolean closed;

    private CloseSignal(Mono<Void> parent) {
        this.signal = Mono.firstWithSignal(Mono.create(this::add), parent);
    }

    public static CloseSignal independent() {
        return new CloseSignal(Mono.never());
    }

    public CloseSignal child() {
        return new CloseSignal(signal);
    }

    /** Completes when the client is closed. */
    public Mono<Void> signal() {
        return signal;
    }

    private void add(MonoSink<Void> subscriber) {
        boolean isLate;
        synchronized (this) {
            isLate = closed;
            if (!isLate) {
                subscribers.add(subscriber);
            }
        }
        if (isLate) {
            subscriber.success();
        } else {
            subscriber.onDispose(() -> remove(subscriber));
        }
    }

    private synchronized void remove(MonoSink<Void> subscriber) {
        subscribers.remove(subscriber);
    }

    /** Returns false if it was closed already. */
    public boolean close() {
        List<MonoSink<Void>> last;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            last = new ArrayList<>(subscribers);
            subscribers.clear();
        }
        last.forEach(CloseSignal::complete);
        return true;
    }

    private static void complete(MonoSink<Void> subscriber) {
        try {
            subscriber.success();
        } catch (Throwable e) {
            Exceptions.throwIfJvmFatal(e);
            Operators.onErrorDropped(e, Context.of(subscriber.contextView()));
        }
    }
}
