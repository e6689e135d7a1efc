package io.github.batchexports.policy;

/**
 * When calls may start, as arithmetic: ask for a slot at a time, get back how long to wait. Nothing is saved up, so that
 * calls never come in bursts, and the first after a quiet time starts at once.
 *
 * <p>Calls that start exactly at the limit's distance arrive nearer to each other than that now and then (measured: 100 ms
 * apart against a strict 100 ms, one or more of 20 calls were refused in three of six runs; 104 ms apart, in one of eighty).
 * So 4 % is added: more makes a listing longer for everybody.
 *
 * <p>Times are nanoseconds of any clock that does not go back. Not thread-safe.
 */
public final class Pace {

    private static final double MARGIN = 1.04;
    private static final double LONGEST_INTERVAL = 86_400e9;

    private final long interval;
    private boolean used;
    private long free;

    private Pace(long interval) {
        this.interval = interval;
    }

    /**
     * A pace of so many calls a second; 0 or less is no pace at all, which still can be held.
     *
     * @throws IllegalArgumentException when it is not a number
     */
    public static Pace perSecond(double calls) {
        if (Double.isNaN(calls)) {
            throw new IllegalArgumentException("requestsPerSecond must be a number: 0 for no pace");
        }
        return new Pace(calls <= 0 ? 0 : (long) Math.min(1e9 / calls * MARGIN, LONGEST_INTERVAL));
    }

    /** Takes the slot at this time and returns 0; or, when none is free, takes nothing and returns how long to wait. */
    public long reserve(long now) {
        if (used && free - now > 0) {
            return free - now;
        }
        used = true;
        free = now + interval;
        return 0;
    }

    /** The call that took the last slot goes out only now: the next slot is as far from here. */
    public void restart(long now) {
        if (interval > 0) {
            holdUntil(now + interval);
        }
    }

    /** Whether there is a pace at all. */
    public boolean isLimited() {
        return interval > 0;
    }

    /** Gives no slot before this time. A shorter hold than the one in force changes nothing. */
    public void holdUntil(long time) {
        if (!used || time - free > 0) {
            used = true;
            free = time;
        }
    }
}
