package io.github.batchexports.reactor.internal.call;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Whether a client is closed, as a state and as a signal. A client made from another is closed with it. */
public final class CloseSignal {

    private final Sinks.Empty<Void> sink = Sinks.empty();
    private final Mono<Void> signal;
    private volatile boolean closed;

    private CloseSignal(Mono<Void> parent) {
        this.signal = Mono.firstWithSignal(sink.asMono(), parent);
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

    /** Returns false if it was closed already. */
    public synchronized boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        sink.tryEmitEmpty();
        return true;
    }
}
