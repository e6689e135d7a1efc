package io.github.batchexports.sandbox.internal.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What the next calls get, one after the other. */
public final class FaultScript {

    private final Deque<Disturbance> next = new ArrayDeque<>();

    public FaultScript() {}

    public synchronized void add(int calls, Disturbance disturbance) {
        for (int i = 0; i < calls; i++) {
            next.add(disturbance);
        }
    }

    /** For the call that just came; null when the script is at its end. */
    public synchronized @Nullable Disturbance take() {
        return next.poll();
    }
}
