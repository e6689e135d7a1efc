package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.CallContext;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Watches attempts: how long each waited for its turn, and how its exchange went. It changes nothing of them. */
public interface AttemptObserver {

    /** Watches nothing. */
    AttemptObserver NONE = new AttemptObserver() {};

    /** The wait for an attempt's turn. */
    default Mono<Void> turn(CallContext call, Mono<Void> turn) {
        return turn;
    }

    /** The exchange itself. */
    default <T> Publisher<T> exchange(CallContext call, Publisher<T> exchange) {
        return exchange;
    }

    /** Tells the observer of the exchange with this context which HTTP status came. */
    static void answered(ContextView context, int status) {
        @Nullable IntConsumer onStatus = context.getOrDefault(AttemptObserver.class, null);
        if (onStatus != null) {
            onStatus.accept(status);
        }
    }
}
