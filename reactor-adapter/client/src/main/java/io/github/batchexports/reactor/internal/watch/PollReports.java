package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.PollResult;
import io.github.batchexports.reactor.BatchExportsClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Reports polls to each watcher's listener, and logs them for watchers without one. */
final class PollReports {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    /** The most failures in a row from one log line to the next: about an hour at the default interval. */
    private static final int MAX_LOG_DISTANCE = 128;

    private int failures;
    private boolean isLogged;

    /**
     * Reports one poll.
     *
     * @param isFinal whether the poll's failure ends the watches, which then get it as their error
     */
    void report(List<Watcher<?>> watchers, PollResult result, boolean isFinal) {
        boolean lacksListener = false;
        for (Watcher<?> watcher : watchers) {
            lacksListener |= !watcher.notifyListener(result);
        }
        if (!isFinal) {
            log(result.failure(), lacksListener);
        }
    }

    private void log(@Nullable RuntimeException failure, boolean lacksListener) {
        int row = count(failure != null, lacksListener);
        if (row > 0 && failure == null) {
            // At the same level, so that whoever saw the failures sees their end.
            LOG.warn("polls succeed again, after {} that failed", row);
        } else if (row > 0 && failure != null) {
            LOG.warn("a poll failed, {} in a row; the next one tries again: {}", row, failure.getMessage());
        }
    }

    /** How many failed in a row, if that is to be logged; else 0. */
    private synchronized int count(boolean isFailure, boolean lacksListener) {
        if (!isFailure) {
            int over = isLogged ? failures : 0;
            failures = 0;
            isLogged = false;
            return over;
        }
        failures++;
        if (!lacksListener || (isLogged && !isDue(failures))) {
            return 0;
        }
        isLogged = true;
        return failures;
    }

    private static boolean isDue(int failures) {
        return failures < MAX_LOG_DISTANCE ? Integer.bitCount(failures) == 1 : failures % MAX_LOG_DISTANCE == 0;
    }
}
