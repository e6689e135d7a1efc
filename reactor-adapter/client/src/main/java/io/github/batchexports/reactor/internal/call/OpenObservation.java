package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.TransportException;
import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;

/** An observation that was started. It ends once, though a cancel from another thread can meet the end itself. */
public final class OpenObservation {

    private final Observation observation;
    private final Runnable beforeEnd;
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Takes what was started.
     *
     * @param beforeEnd adds what is known only at the end
     */
    public OpenObservation(Observation observation, Runnable beforeEnd) {
        this.observation = observation;
        this.beforeEnd = beforeEnd;
    }

    public void succeeded() {
        if (ended.compareAndSet(false, true)) {
            stop("SUCCESS");
        }
    }

    public void cancelled() {
        if (ended.compareAndSet(false, true)) {
            stop("CANCELLED");
        }
    }

    /** The failure is what the subscriber gets too, so the key was taken out of it. */
    public void failed(Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            observation.error(failure);
            stop(outcome(failure));
        }
    }

    private void stop(String outcome) {
        beforeEnd.run();
        observation.lowCardinalityKeyValue("outcome", outcome).stop();
    }

    private static String outcome(Throwable failure) {
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
