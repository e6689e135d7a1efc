package io.github.batchexports.reactor.internal.call;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Observes attempts: how long each waits for its permit, and how its exchange goes. Changes nothing about them. */
public interface AttemptObserver {

    /** Observes nothing. */
    AttemptObserver NONE = new AttemptObserver() {};

    /** The wait for an attempt's permit. */
    default Mono<Void> permit(Attempt attempt, Mono<Void> permit) {
        return permit;
    }

    /** The exchange itself. */
    default <T> Publisher<T> exchange(Attempt attempt, Publisher<T> exchange) {
        return exchange;
    }
}
