package io.github.batchexports.reactor;

import java.time.Duration;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;

/** A pacer that misbehaves once, in one of its methods, and otherwise grants every permit at once. */
final class HostilePacer implements RequestPacer {

    /** Where it misbehaves. */
    enum Method {
        ACQUIRE,
        RETURN,
        SENT,
        RELEASE,
        HOLD_FOR
    }

    private final Method method;
    private final HostileCode code;

    HostilePacer(Method method, HostileCode code) {
        this.method = method;
        this.code = code;
    }

    private void run(Method called) {
        if (called == method) {
            code.run();
        }
    }

    /** ACQUIRE misbehaves when it is called, RETURN by what is returned. */
    @Override
    public Mono<Permit> acquire() {
        run(Method.ACQUIRE);
        Permit permit = new OnePermit();
        return method == Method.RETURN && code.strikes() ? misbehaving(permit) : Mono.just(permit);
    }

    private Mono<Permit> misbehaving(Permit permit) {
        return switch (code.behaviour()) {
            case THROWS -> Mono.error(new IllegalStateException("hostile pacer"));
            case FAILS_TO_LINK ->
                Mono.fromSupplier(() -> {
                    throw HostileCode.linkageError();
                });
            case BLOCKS ->
                Mono.fromSupplier(() -> {
                    code.awaitRelented();
                    return permit;
                });
            case LATE -> Mono.just(permit).delayElement(Duration.ofMillis(500));
            case TWICE -> twice(permit);
            case NEVER -> Mono.never();
        };
    }

    /** Emits two permits for a demand of one, and completes twice. */
    private static Mono<Permit> twice(Permit permit) {
        return Mono.fromDirect(subscriber -> subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {
                subscriber.onNext(permit);
                subscriber.onNext(permit);
                subscriber.onComplete();
                subscriber.onComplete();
            }

            @Override
            public void cancel() {}
        }));
    }

    @Override
    public void holdFor(Duration time) {
        run(Method.HOLD_FOR);
    }

    private final class OnePermit implements Permit {

        @Override
        public void sent() {
            run(Method.SENT);
        }

        @Override
        public void release() {
            run(Method.RELEASE);
        }
    }
}
