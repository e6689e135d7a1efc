package io.github.batchexports.cli;

import io.github.batchexports.PollResult;
import io.github.batchexports.cli.connection.Session;
import io.github.batchexports.error.BatchExportsException;

/** Says of failing polls: the first one, then at growing distances, and when they succeed again. */
final class PollReport {

    private final Session session;

    // Guarded by this.
    private int failed;

    PollReport(Session session) {
        this.session = session;
    }

    /** Hears of a poll. A failure that is not transient ends the watch, which says so itself. */
    synchronized void hear(PollResult poll) {
        if (poll.isSuccess()) {
            if (failed > 0) {
                session.say("polls succeed again, after " + failed + " that failed");
            }
            failed = 0;
        } else if (poll.failure() instanceof BatchExportsException failure && failure.isTransient()) {
            failed++;
            if (Integer.bitCount(failed) == 1) {
                session.say(failure.getMessage() + "; the watch goes on"
                        + (failed == 1 ? "" : ", after " + failed + " polls that failed"));
            }
        }
    }
}
