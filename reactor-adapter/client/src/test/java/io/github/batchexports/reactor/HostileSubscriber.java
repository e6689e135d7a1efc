package io.github.batchexports.reactor;

import io.github.batchexports.reactor.HostileCode.Behaviour;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A subscriber that misbehaves in one of its callbacks, without the protection that Reactor's own subscribers have. */
final class HostileSubscriber<T> implements CoreSubscriber<T> {

    /** Where it misbehaves. */
    enum Callback {
        ON_SUBSCRIBE,
        ON_NEXT,
        ON_COMPLETE
    }

    private final Callback callback;
    private final HostileCode code;
    private final CompletableFuture<Void> ended;
    private volatile Subscription subscription;

    private HostileSubscriber(Callback callback, HostileCode code, CompletableFuture<Void> ended) {
        this.callback = callback;
        this.code = code;
        this.ended = ended;
    }

    /** Completes with the end of a subscription that misbehaves; a cancel cancels it. */
    static <T> Mono<Void> subscribe(Publisher<T> publisher, Callback callback, HostileCode code) {
        return Mono.defer(() -> {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            HostileSubscriber<T> subscriber = new HostileSubscriber<>(callback, code, ended);
            publisher.subscribe(subscriber);
            return Mono.fromFuture(ended, true).doOnCancel(() -> subscriber.subscription.cancel());
        });
    }

    private void run(Callback called) {
        if (called == callback) {
            code.run();
        }
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (callback == Callback.ON_SUBSCRIBE && code.behaviour() == Behaviour.NEVER) {
            code.strikes();
            return;
        }
        run(Callback.ON_SUBSCRIBE);
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
        if (callback == Callback.ON_NEXT && code.behaviour() == Behaviour.TWICE) {
            code.strikes();
            subscription.cancel();
            subscription.cancel();
            subscription.request(-1);
            ended.complete(null);
            return;
        }
        run(Callback.ON_NEXT);
    }

    @Override
    public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            run(Callback.ON_COMPLETE);
        } finally {
            ended.complete(null);
        }
    }
}
