package io.github.batchexports.redis;

import io.github.batchexports.reactor.RequestPacer.Permit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Who waits for a permit: in the queue, or given one, or gone. */
final class Waiter {

    private final MonoSink<Permit> sink;
    private volatile @Nullable Permit given;
    private volatile boolean left;

    Waiter(MonoSink<Permit> sink) {
        this.sink = sink;
    }

    void give(Permit permit) {
        given = permit;
        try {
            sink.success(permit);
        } catch (RuntimeException | Error failure) {
            // A subscriber that throws keeps nobody else from a permit.
            permit.release();
            throw failure;
        }
        if (left) {
            permit.release();
        }
    }

    /** What a subscriber throws keeps nobody else from hearing it. */
    void refuse(Throwable failure) {
        try {
            sink.error(new RedisUnavailableException(failure));
        } catch (RuntimeException | Error thrown) {
            Operators.onErrorDropped(thrown, Context.empty());
        }
    }

    /** A permit that it was given in this very moment will not be heard of. */
    void leave() {
        left = true;
        Permit permit = given;
        if (permit != null) {
            permit.release();
        }
    }
}
