package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.ExportUnconfirmedException;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * One observation, which stops once, though a cancel from another thread can race with the end. Handlers, filters and
 * predicates are the application's: what they throw is logged once and does not affect the call.
 */
public final class OpenObservation {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);
    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    private Observation observation = Observation.NOOP;
    private Runnable beforeStop = () -> {};
    private final AtomicBoolean ended = new AtomicBoolean();

    OpenObservation(Supplier<Observation> created) {
        guarded(() -> observation = created.get());
    }

    Observation observation() {
        return observation;
    }

    void describe(Consumer<Observation> description) {
        guarded(() -> description.accept(observation));
    }

    void tag(String key, String value) {
        guarded(() -> observation.lowCardinalityKeyValue(key, value));
    }

    /** Adds what is known only at the end. */
    void beforeStop(Runnable addition) {
        beforeStop = addition;
    }

    void start() {
        guarded(observation::start);
    }

    void succeeded() {
        if (ended.compareAndSet(false, true)) {
            stop("SUCCESS");
        }
    }

    void cancelled() {
        if (ended.compareAndSet(false, true)) {
            stop("CANCELLED");
        }
    }

    /** The subscriber gets the same failure, so the key is masked in it already. */
    void failed(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            guarded(() -> observation.error(failure));
            stop(outcome(failure));
        }
    }

    private void stop(String outcome) {
        beforeStop.run();
        tag("outcome", outcome);
        guarded(observation::stop);
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            ForeignCode.throwIfFatal(e);
            if (LOGGED.compareAndSet(false, true)) {
                LOG.warn("An observation handler threw; further exceptions are not logged", e);
            }
        }
    }

    private static String outcome(Throwable failure) {
        if (failure instanceof ExportUnconfirmedException && failure.getCause() != null) {
            return outcome(failure.getCause());
        }
        if (failure instanceof RateLimitedException) {
            return "RATE_LIMITED";
        }
        if (failure instanceof TransportException) {
            return "TRANSPORT_ERROR";
        }
        if (failure instanceof MalformedResponseException) {
            return "MALFORMED_RESPONSE";
        }
        Integer status = failure instanceof BatchExportsException refusal ? refusal.status() : null;
        if (status == null) {
            return "UNKNOWN";
        }
        return status >= 400 && status < 500 ? "CLIENT_ERROR" : "SERVER_ERROR";
    }
}
