package io.github.batchexports.policy;

/**
 * Decides when calls may start, as arithmetic: ask for a slot at a given time, get back how long to wait. Idle time earns
 * no credit, so calls never come in bursts, and the first call after an idle time starts at once.
 *
 * <p>Calls that are sent exactly at the limit's interval sometimes arrive closer together, since network latency varies.
 * So a margin is added to the interval. Jitter is an absolute time, not a share of the interval, and differs between
 * networks, so the margin adapts: it starts small, grows by half whenever a call is refused although the pace was kept,
 * and shrinks slowly with each call. As a result, about one call in 300 is refused if the jitter exceeds the smallest
 * margin, and none if it does not.
 *
 * <p>Times are nanoseconds of any monotonic clock, such as {@link System#nanoTime()}. Not thread-safe.
 */
public final class Pace {

    private static final double LONGEST_INTERVAL = 86_400e9;
    private static final double LEAST_MARGIN = 20e6;
    private static final double MOST_MARGIN = 100e6;
    private static final double LEAST_SHARE = 0.05;
    private static final double MOST_SHARE = 0.5;
    private static final double GROWTH = 1.5;
    private static final double SHRINKING = 0.9985;

    private final double interval;
    private final double leastMargin;
    private final double mostMargin;
    private double margin;

    private boolean isUsed;
    private long next;
    private long nextBefore;
    private boolean isHeld;
    private long holdEnd;

    private Pace(double interval) {
        this.interval = interval;
        this.leastMargin = Math.min(LEAST_MARGIN, interval * LEAST_SHARE);
        this.mostMargin = Math.min(MOST_MARGIN, interval * MOST_SHARE);
        this.margin = leastMargin;
    }

    /**
     * Creates a pace.
     *
     * @param calls calls per second, fewer than one a day being raised to one a day; 0 or less is unlimited, but can
     *     still be {@linkplain #holdUntil held}
     * @throws IllegalArgumentException if {@code calls} is NaN
     */
    public static Pace perSecond(double calls) {
        if (Double.isNaN(calls)) {
            throw new IllegalArgumentException("requestsPerSecond must be a number: 0 for no limit");
        }
        return new Pace(calls <= 0 ? 0 : Math.min(1e9 / calls, LONGEST_INTERVAL));
    }

    /**
     * Takes the slot at this time and returns 0; if none is free, takes nothing and returns how long to wait, in
     * nanoseconds.
     */
    public long reserve(long now) {
        long wait = Math.max(isUsed ? next - now : 0, isHeld ? holdEnd - now : 0);
        if (wait > 0) {
            return wait;
        }
        isHeld = false;
        nextBefore = isUsed ? next : now;
        isUsed = true;
        next = now + spacing();
        return 0;
    }

    /** Records that the call that took the last slot was sent now: the next slot is one interval later. */
    public void sent(long now) {
        if (!isLimited()) {
            return;
        }
        margin = Math.max(leastMargin, margin * SHRINKING);
        long fromHere = now + spacing();
        if (!isUsed || fromHere - next > 0) {
            next = fromHere;
        }
        if (!isUsed || fromHere - nextBefore > 0) {
            // A later slot that is given back leaves this one.
            nextBefore = fromHere;
        }
        isUsed = true;
    }

    /** Returns the last slot, since its call will not be made: it is free again. */
    public void giveBack() {
        next = nextBefore;
    }

    /** Records that a call was refused although the pace was kept: the margin grows. */
    public void refused() {
        margin = Math.min(mostMargin, margin * GROWTH);
    }

    /** Grants no slot before this time. A hold that ends before the current one has no effect. */
    public void holdUntil(long time) {
        if (!isHeld || time - holdEnd > 0) {
            isHeld = true;
            holdEnd = time;
        }
    }

    /** Returns whether calls are spaced at all; false for an unlimited pace. */
    public boolean isLimited() {
        return spacing() > 0;
    }

    private long spacing() {
        return (long) (interval + margin);
    }
}
