package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;

/**
 * Wraps an application's pacer so that its faults harm only the call that meets them: what it throws fails the call or is
 * logged once, a missing permit is a failure, a second one is released.
 */
final class GuardedPacer implements RequestPacer {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    private final RequestPacer pacer;
    private final AtomicBoolean logged = new AtomicBoolean();

    private GuardedPacer(RequestPacer pacer) {
        this.pacer = pacer;
    }

    /** Returns the pacer, guarded unless it is the client's own. */
    public static RequestPacer guard(RequestPacer pacer) {
        return pacer instanceof LocalPacer ? pacer : new GuardedPacer(pacer);
    }

    @Override
    public Mono<Permit> acquire() {
        return Mono.create(sink -> {
            Acquirer acquirer = new Acquirer(sink);
            sink.onCancel(acquirer::cancelled);
            Mono<Permit> acquired;
            try {
                acquired = Objects.requireNonNull(pacer.acquire(), "acquire() returned null");
                acquired.subscribe(acquirer);
            } catch (Throwable e) {
                ForeignCode.throwIfFatal(e);
                sink.error(new PacerFailedException(e));
            }
        });
    }

    @Override
    public void holdFor(Duration time) {
        guarded(() -> pacer.holdFor(time));
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            ForeignCode.throwIfFatal(e);
            if (logged.compareAndSet(false, true)) {
                LOG.warn("The pacer threw, which it must not; further exceptions are not logged", e);
            }
        }
    }

    /** Waits for one permit. */
    private final class Acquirer extends BaseSubscriber<Permit> {

        private final MonoSink<Permit> sink;
        private final AtomicReference<@Nullable Permit> first = new AtomicReference<>();
        private volatile boolean cancelled;

        Acquirer(MonoSink<Permit> sink) {
            this.sink = sink;
        }

        @Override
        public Context currentContext() {
            return Context.of(sink.contextView());
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(Permit permit) {
            Permit guarded = new GuardedPermit(permit);
            if (cancelled || !first.compareAndSet(null, guarded)) {
                guarded.release();
            } else {
                sink.success(guarded);
                if (cancelled) {
                    // While it was emitted: what a cancelled sink gets is lost.
                    guarded.release();
                }
            }
        }

        @Override
        protected void hookOnError(Throwable failure) {
            sink.error(new PacerFailedException(failure));
        }

        @Override
        protected void hookOnComplete() {
            if (first.get() == null) {
                sink.error(new PacerFailedException(new IllegalStateException("acquire() completed without a permit")));
            }
        }

        /** Called only if no permit was emitted. */
        void cancelled() {
            cancelled = true;
            guarded(this::cancel);
            Permit lost = first.get();
            if (lost != null) {
                lost.release();
            }
        }
    }

    private final class GuardedPermit implements Permit {

        private final Permit permit;
        private final AtomicBoolean isSent = new AtomicBoolean();
        private final AtomicBoolean isReleased = new AtomicBoolean();

        GuardedPermit(Permit permit) {
            this.permit = permit;
        }

        @Override
        public void sent() {
            if (isSent.compareAndSet(false, true)) {
                guarded(permit::sent);
            }
        }

        @Override
        public void release() {
            if (isReleased.compareAndSet(false, true)) {
                guarded(permit::release);
            }
        }
    }

    /** An application's pacer gave no permit. Mapped to a {@code PacerException} of the call that asked for it. */
    static final class PacerFailedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final Throwable reason;

        PacerFailedException(Throwable reason) {
            super(reason);
            this.reason = reason;
        }

        Throwable reason() {
            return reason;
        }
    }
}
