package io.github.batchexports.sandbox;

import io.github.batchexports.sandbox.internal.Response;
import io.github.batchexports.sandbox.internal.fault.Disturbance;
import java.time.Duration;
import java.util.Map;

/**
 * What a call gets in place of the usual response, for {@link Sandbox#failNext} and {@link Sandbox#failNextTransfers}.
 * Immutable.
 */
public final class Fault {

    private final String name;
    private final Disturbance disturbance;

    private Fault(String name, Disturbance disturbance) {
        this.name = name;
        this.disturbance = disturbance;
    }

    /** The usual response: a gap between faults. */
    public static Fault none() {
        return new Fault("none", Disturbance.none());
    }

    /** A status with an error of the API's form, whose code is {@code SANDBOX_FAULT}; nothing else happens. */
    public static Fault status(int status) {
        return status(status, "SANDBOX_FAULT", "The test's script says so.");
    }

    /** A status with an {@code error_code} and an {@code error_message}; nothing else happens. */
    public static Fault status(int status, String errorCode, String errorMessage) {
        return new Fault("status " + status, Disturbance.instead(Response.refusal(status, errorCode, errorMessage)));
    }

    /**
     * A 429 with {@code Retry-After}.
     *
     * @param retryAfter of which whole seconds are sent, rounded up
     */
    public static Fault rateLimited(Duration retryAfter) {
        long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
        return new Fault("429", Disturbance.instead(Response.tooSoon(seconds)));
    }

    /** The usual response, made and sent after this real time. */
    public static Fault delay(Duration time) {
        return new Fault("delay " + time, Disturbance.delay(time));
    }

    /** No response, and the connection stays open until the caller or the sandbox closes it; nothing else happens. */
    public static Fault silence() {
        return new Fault("silence", Disturbance.silence());
    }

    /** The connection is closed without a response; nothing else happens. */
    public static Fault reset() {
        return new Fault("reset", Disturbance.reset());
    }

    /**
     * About half of the usual response, then the connection is closed. What the call asked for has happened. Of a response
     * without a body nothing is sent.
     */
    public static Fault cut() {
        return new Fault("cut", Disturbance.cut());
    }

    /** A 200 with a page of HTML, as from a proxy; nothing else happens. */
    public static Fault garbage() {
        return new Fault("garbage", Disturbance.instead(Response.page("<html><body>Please sign in.</body></html>")));
    }

    /** A 200 with this JSON, or what should be JSON; nothing else happens. */
    public static Fault body(String json) {
        return new Fault("body", Disturbance.instead(Response.json(200, Map.of(), json)));
    }

    Disturbance disturbance() {
        return disturbance;
    }

    /** Returns the kind of fault. */
    @Override
    public String toString() {
        return "Fault[" + name + "]";
    }
}
