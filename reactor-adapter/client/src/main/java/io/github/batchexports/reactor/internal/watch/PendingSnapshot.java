package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The newest snapshot that was not yet delivered to one subscriber. */
final class PendingSnapshot implements Pending<ExportSnapshot> {

    private final Predicate<ExportRequest> filter;

    // Guarded by this.
    private boolean hasFirst;
    private @Nullable ExportSnapshot waiting;

    // Used only by the drain.
    private @Nullable ExportSnapshot delivered;

    PendingSnapshot(Predicate<ExportRequest> filter) {
        this.filter = filter;
    }

    @Override
    public synchronized void recent(ExportSnapshot snapshot) {
        hasFirst = true;
        waiting = snapshot;
    }

    @Override
    public synchronized void pollEnded(long number, boolean isChange, Supplier<ExportSnapshot> snapshot) {
        if (isChange || !hasFirst) {
            recent(snapshot.get());
        }
    }

    @Override
    public synchronized boolean hasNext() {
        return waiting != null;
    }

    @Override
    public @Nullable ExportSnapshot take() {
        ExportSnapshot taken = takeWaiting();
        if (taken == null) {
            return null;
        }
        ExportSnapshot matching = taken.filter(filter);
        if (matching.equals(delivered)) {
            return null;
        }
        delivered = matching;
        return matching;
    }

    private synchronized @Nullable ExportSnapshot takeWaiting() {
        ExportSnapshot taken = waiting;
        waiting = null;
        return taken;
    }

    @Override
    public synchronized void clear() {
        waiting = null;
    }
}
