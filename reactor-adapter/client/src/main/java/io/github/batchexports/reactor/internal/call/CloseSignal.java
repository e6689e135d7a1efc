package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.reactor.internal.http.ForeignCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

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

    public void close() {
        List<MonoSink<Void>> last;
        synchronized (this) {
            closed = true;
            last = new ArrayList<>(subscribers);
            subscribers.clear();
        }
        ForeignCode.signalEach(last, MonoSink::success, MonoSink::contextView);
    }
}
