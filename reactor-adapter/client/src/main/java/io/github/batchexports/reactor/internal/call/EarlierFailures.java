package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.BatchExportsException;
import java.util.ArrayList;
import java.util.List;

/**
 * The failures of earlier attempts at a call or a transfer, which the last failure has as suppressed ones. Counts all and keeps the first
 * and the latest few, since a long retry would otherwise fill the memory. For one thread at a time.
 */
public final class EarlierFailures {

    private static final int MAX_KEPT = 5;

    private final List<BatchExportsException> kept = new ArrayList<>(0);
    private int count;

    public void add(BatchExportsException failure) {
        if (kept.size() == MAX_KEPT) {
            kept.remove(1);
        }
        kept.add(failure);
        count++;
    }

    /** How many there were, whether kept or not. */
    public int count() {
        return count;
    }

    /** Skips the last failure itself: a pacer may fail with one instance always. */
    public void suppressIn(BatchExportsException last) {
        for (BatchExportsException earlier : kept) {
            if (earlier != last) {
                last.addSuppressed(earlier);
            }
        }
    }

    public void clear() {
        kept.clear();
        count = 0;
    }
}
