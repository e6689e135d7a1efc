package io.github.batchexports.reactor.internal.call;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends a stream with an error when a signal comes, and cancels it: {@code takeUntilOther} cancels for a signal that
 * completes, but leaves the stream running behind one that fails.
 */
public final class FailOnSignal {

    private FailOnSignal() {}

    /**
     * Returns the stream, until the signal.
     *
     * @param failure called once the signal came and everything before it was emitted; null completes the stream
     */
    public static <T> Flux<T> of(Flux<T> source, Mono<Void> signal, Supplier<? extends @Nullable Throwable> failure) {
        return Flux.defer(() -> {
            AtomicBoolean came = new AtomicBoolean();
            return source.takeUntilOther(signal.doOnSuccess(nothing -> came.set(true)))
                    .concatWith(Mono.defer(
                            () -> came.get() ? Mono.justOrEmpty(failure.get()).flatMap(Mono::error) : Mono.empty()));
        });
    }

    public static <T> Mono<T> of(Mono<T> source, Mono<Void> signal, Supplier<? extends Throwable> failure) {
        return Mono.firstWithSignal(signal.then(Mono.error(failure)), source);
    }
}
