package io.github.batchexports.reactor;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Whether a client is closed, as a state and as a signal. A client made from another is closed with it. */
final class Closing {

    private final Sinks.Empty<Void> sink = Sinks.empty();
    private final Mono<Void> signal;
    private volatile boolean closed;

    private Closing(Mono<Void> parent) {
        this.signal = Mono.firstWithSignal(sink.asMono(), parent);
    }

    static Closing independent() {
        return new Closing(Mono.never());
    }

    Closing child() {
        return new Closing(signal);
    }

    /** Completes when the client is closed. */
    Mono<Void> signal() {
        return signal;
    }

    /** False when it was closed already. */
    synchronized boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        sink.tryEmitEmpty();
        return true;
    }
}
