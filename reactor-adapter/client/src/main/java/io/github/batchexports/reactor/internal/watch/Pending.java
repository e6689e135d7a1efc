package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one subscriber until it has demand. The poll adds to it under its lock, so no foreign code runs then; the
 * subscriber's drain takes from it, one thread at a time and under no lock.
 *
 * @param <T> what the subscriber is delivered
 */
interface Pending<T> {

    /** Adds what was known when the subscriber came, and how many polls had begun by then. */
    default void admitted(List<ExportRequest> known, long pollsBegun) {}

    /** Adds a snapshot that is recent enough to be delivered at once. */
    default void recent(ExportSnapshot snapshot) {}

    /** Adds exports that are new or changed. */
    default void changed(List<ExportRequest> exports) {}

    /** Adds exports that are no longer listed. */
    default void removed(List<ExportRequest> exports) {}

    /**
     * A poll was completed.
     *
     * @param isChange whether anything changed since the last completed poll
     * @param snapshot what is known now; made once for all that ask for it
     */
    void pollEnded(long number, boolean isChange, Supplier<ExportSnapshot> snapshot);

    /** Whether something waits. Called by the drain; may throw what a filter throws. */
    boolean hasNext();

    /** Takes what waits; null if that is not to be delivered after all. Called by the drain, after {@link #hasNext}. */
    @Nullable
    T take();

    /** Discards what waits. */
    void clear();
}
