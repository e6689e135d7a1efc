package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ExportUnconfirmedException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.internal.http.TimeSource;
import io.github.batchexports.reactor.internal.http.Transport;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes a project's API calls: each in as many attempts as the policy allows, each attempt with a permit. */
public final class CallExecutor {

    private final Transport transport;
    private final RequestPacer pacer;
    private final RetryPolicy policy;
    private final TimeSource time;
    private final AttemptObserver observer;

    public CallExecutor(
            Transport transport, RequestPacer pacer, RetryPolicy policy, TimeSource time, AttemptObserver observer) {
        this.transport = transport;
        this.pacer = GuardedPacer.guard(pacer);
        this.policy = policy;
        this.time = time;
        this.observer = observer;
    }

    /** Returns the decoded value, or fails with the last attempt's error, the earlier ones suppressed in it. */
    public <T> Mono<T> call(ApiCall call, BiFunction<InputStream, CallContext, T> decoder) {
        return call(call, decoder, () -> {});
    }

    /**
     * The same, with a callback for each attempt.
     *
     * @param onAttempt runs when an attempt has its permit, before its request is sent
     */
    public <T> Mono<T> call(ApiCall call, BiFunction<InputStream, CallContext, T> decoder, Runnable onAttempt) {
        return Mono.fromDirect(stream(call, attempt -> {
            onAttempt.run();
            return transport.exchange(attempt.call(), decoder, attempt);
        }));
    }

    /**
     * The same for a call that must not arrive twice: it is retried only if it cannot have arrived, or was refused for the
     * rate limit. If that is not known it fails with an {@link ExportUnconfirmedException}.
     *
     * @param mayHaveArrived set while that is not known
     */
    public <T> Mono<T> callOnce(
            ApiCall call, BiFunction<InputStream, CallContext, T> decoder, AtomicBoolean mayHaveArrived) {
        return Mono.fromDirect(stream(call, attempt -> {
            mayHaveArrived.set(true);
            return transport
                    .exchange(attempt.call(), decoder, attempt)
                    .onErrorMap(BatchExportsException.class, failure -> {
                        boolean isKnown = isRefusal(failure) || cannotHaveArrived(attempt, failure);
                        mayHaveArrived.set(!isKnown);
                        return isKnown ? failure : new ExportUnconfirmedException(failure);
                    });
        }));
    }

    /** A server may have read the request even if it resets the connection as soon as it is made. */
    private static boolean cannotHaveArrived(Attempt attempt, BatchExportsException failure) {
        Throwable cause = failure.getCause();
        boolean mayBeReset = failure instanceof TransportException
                && (cause == null || String.valueOf(cause.getMessage()).contains("reset"));
        return !attempt.isStarted() && !mayBeReset;
    }

    private static boolean isRefusal(BatchExportsException failure) {
        Integer status = failure.status();
        // A 408 may come from a proxy that has passed the request on.
        return status != null && status >= 300 && status < 500 && status != 408;
    }

    /** The same for a streamed response: once an item was delivered, an error is final. */
    public <T> Flux<T> stream(ApiCall call, Function<Attempt, Publisher<T>> exchange) {
        return Flux.defer(() -> new Execution<>(call, exchange, pacer, policy, time, observer).attempts());
    }
}
