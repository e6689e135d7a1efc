package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.PollResult;
import io.github.batchexports.reactor.BatchExportsClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Tells of polls: each watcher's listener, and the log for those that have none. */
final class PollReports {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    /** From here on a row of failures is logged at this distance, an hour for the default interval. */
    private static final int LONGEST_DISTANCE = 128;

    private int failures;
    private boolean isLogged;

    /**
     * Tells of one poll.
     *
     * @param isFinal whether the poll failed in a way that ends the watches, which hear of it by their error
     */
    void report(List<Watcher<?>> watchers, PollResult result, boolean isFinal) {
        boolean hearsNobody = false;
        for (Watcher<?> watcher : watchers) {
            hearsNobody |= !watcher.hear(result);
        }
        if (!isFinal) {
            log(result.failure(), hearsNobody);
        }
    }

    private void log(@Nullable RuntimeException failure, boolean isWanted) {
        int row = count(failure != null, isWanted);
        if (row > 0 && failure == null) {
            // At the same level, so that who saw the trouble sees its end.
            LOG.warn("polls succeed again, after {} that failed", row);
        } else if (row > 0 && failure != null) {
            LOG.warn("a poll failed, {} in a row; the next one tries again: {}", row, failure.getMessage());
        }
    }

    /** How many failed in a row, if that is to be logged; else 0. */
    private synchronized int count(boolean isFailure, boolean isWanted) {
        if (!isFailure) {
            int over = isLogged ? failures : 0;
            failures = 0;
            isLogged = false;
            return over;
        }
        failures++;
        if (!isWanted || (isLogged && !isDue(failures))) {
            return 0;
        }
        isLogged = true;
        return failures;
    }

    private static boolean isDue(int failures) {
        return failures < LONGEST_DISTANCE ? Integer.bitCount(failures) == 1 : failures % LONGEST_DISTANCE == 0;
    }
}
