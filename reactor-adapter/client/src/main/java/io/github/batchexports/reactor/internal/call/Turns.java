package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.reactor.RequestPacer;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** A pacer that also hears when the call whose turn it was goes out: what a server sees is when calls leave. */
public interface Turns extends RequestPacer {

    /** The call that had the last turn goes out now, or will not go out at all. */
    void started();

    /** An application's own pacer, which does not hear it. */
    static Turns of(RequestPacer pacer) {
        return pacer instanceof Turns turns
                ? turns
                : new Turns() {
                    @Override
                    public Mono<Void> awaitTurn() {
                        return pacer.awaitTurn();
                    }

                    @Override
                    public void holdUntil(Instant time) {
                        pacer.holdUntil(time);
                    }

                    @Override
                    public void started() {}
                };
    }
}
