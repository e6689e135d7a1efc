package io.github.batchexports.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The distances of one limit, in nanoseconds.
 *
 * @param interval between two calls of the fleet
 * @param early how long before a slot it is granted
 * @param share between two calls while Redis is away, when clocks that were compared must do
 * @param tolerance how late a call may leave without telling Redis
 */
record FleetPace(long interval, long early, long share, long tolerance) {

    /** Calls that leave at the limit's distance arrive nearer to each other now and then: the client's own pacer has it too. */
    private static final double MARGIN = 1.04;

    private static final double LONGEST_INTERVAL = Duration.ofDays(1).toNanos();

    static FleetPace perSecond(double calls) {
        long interval = (long) Math.min(1e9 / calls * MARGIN, LONGEST_INTERVAL);
        return new FleetPace(
                interval,
                Math.min(TimeUnit.MILLISECONDS.toNanos(15), interval / 4),
                interval + Math.min(TimeUnit.MILLISECONDS.toNanos(10), interval / 10),
                Math.min(TimeUnit.MILLISECONDS.toNanos(5), interval / 100));
    }
}
