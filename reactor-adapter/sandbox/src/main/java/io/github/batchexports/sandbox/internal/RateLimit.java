package io.github.batchexports.sandbox.internal;

/** A strict limit by arrival: a call that comes sooner than its distance after the last one taken is refused. */
public final class RateLimit {

    private final long distanceNanos;
    private boolean started;
    private long last;

    public RateLimit(double requestsPerSecond) {
        this.distanceNanos = requestsPerSecond <= 0 ? 0 : (long) (1e9 / requestsPerSecond);
    }

    /** Whole seconds after which a refused call will be taken. */
    public long retryAfterSeconds() {
        return (distanceNanos + 999_999_999) / 1_000_000_000;
    }

    public synchronized boolean takes(long now) {
        if (started && now - last < distanceNanos) {
            return false;
        }
        started = true;
        last = now;
        return true;
    }
}
