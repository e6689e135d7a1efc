package io.github.batchexports.reactor.internal.call;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends a stream with an error when a signal comes, and cancels it: {@code takeUntilOther} cancels for a signal that
 * completes, but leaves the stream running behind one that fails.
 */
public final class FailOnSignal {

    private FailOnSignal() {}

    public static <T> Flux<T> of(Flux<T> source, Mono<Void> signal, Supplier<? extends Throwable> failure) {
        return Flux.defer(() -> {
            AtomicBoolean came = new AtomicBoolean();
            return source.takeUntilOther(signal.doOnSuccess(nothing -> came.set(true)))
                    .concatWith(Mono.defer(() -> came.get() ? Mono.error(failure.get()) : Mono.empty()));
        });
    }

    public static <T> Mono<T> of(Mono<T> source, Mono<Void> signal, Supplier<? extends Throwable> failure) {
        return Mono.firstWithSignal(signal.then(Mono.error(failure)), source);
    }
}
