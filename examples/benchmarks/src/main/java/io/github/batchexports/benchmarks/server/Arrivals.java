package io.github.batchexports.benchmarks.server;

/** Counts calls, and limits their rate strictly: one that comes sooner after the last one taken than its distance is not. */
final class Arrivals {

    private final long distanceNanos;
    private long lastTaken;
    private int calls;
    private int refused;

    Arrivals(double requestsPerSecond) {
        this.distanceNanos = requestsPerSecond <= 0 ? 0 : (long) (1e9 / requestsPerSecond);
    }

    synchronized boolean takes(long now) {
        calls++;
        if (calls > 1 && now - lastTaken < distanceNanos) {
            refused++;
            return false;
        }
        lastTaken = now;
        return true;
    }

    synchronized int calls() {
        return calls;
    }

    synchronized int refused() {
        return refused;
    }
}
