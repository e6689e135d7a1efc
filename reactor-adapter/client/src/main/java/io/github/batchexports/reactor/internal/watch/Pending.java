package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one subscriber until it asks. The poll takes note under its lock, so nothing of anybody else's runs then;
 * the subscriber's drain takes what waits, one thread at a time and under no lock.
 *
 * @param <T> what the subscriber is delivered
 */
interface Pending<T> {

    /** Takes note of what was known when the subscriber came, after so many polls had begun. */
    default void admitted(List<ExportRequest> known, long pollsBegun) {}

    /** Takes note of a snapshot that is no older than a poll. */
    default void recent(ExportSnapshot snapshot) {}

    /** Takes note of exports that are new or changed. */
    default void changed(List<ExportRequest> exports) {}

    /** Takes note of exports that are no longer listed. */
    default void removed(List<ExportRequest> exports) {}

    /**
     * A poll came to its end.
     *
     * @param isChange whether anything changed since the last one that did
     * @param snapshot what is known now; made once for all who ask
     */
    void pollEnded(long number, boolean isChange, Supplier<ExportSnapshot> snapshot);

    /** Whether something waits; for the drain. May throw what a filter throws. */
    boolean hasNext();

    /** Takes what waits; null when that is not to be delivered after all. For the drain, after {@link #hasNext}. */
    @Nullable
    T take();

    /** Forgets what waits. */
    void clear();
}
