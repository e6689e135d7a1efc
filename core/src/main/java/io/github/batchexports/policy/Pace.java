package io.github.batchexports.policy;

/**
 * When calls may start, as arithmetic: ask for a slot at a time, get back how long to wait. Nothing is saved up, so that
 * calls never come in bursts, and the first after a quiet time starts at once.
 *
 * <p>Calls that leave exactly at the limit's distance arrive nearer to each other than that now and then, since their ways
 * take differently long. So a margin is added to the distance. Jitter is a time and not a share of the distance, and each
 * network has its own, so the margin learns: it starts small, grows by half at each refusal that came although the pace was
 * kept, and narrows slowly with each call. So about one call in 300 is refused where the jitter is larger than the least
 * margin, and none where it is not.
 *
 * <p>Times are nanoseconds of any clock that does not go back. Not thread-safe.
 */
public final class Pace {

    private static final double LONGEST_INTERVAL = 86_400e9;
    private static final double LEAST_MARGIN = 20e6;
    private static final double MOST_MARGIN = 100e6;
    private static final double LEAST_SHARE = 0.05;
    private static final double MOST_SHARE = 0.5;
    private static final double GROWTH = 1.5;
    private static final double NARROWING = 0.9985;

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
     * A pace of so many calls a second; 0 or less is no pace at all, which still can be held.
     *
     * @throws IllegalArgumentException when it is not a number
     */
    public static Pace perSecond(double calls) {
        if (Double.isNaN(calls)) {
            throw new IllegalArgumentException("requestsPerSecond must be a number: 0 for no limit");
        }
        return new Pace(calls <= 0 ? 0 : Math.min(1e9 / calls, LONGEST_INTERVAL));
    }

    /** Takes the slot at this time and returns 0; or, when none is free, takes nothing and returns how long to wait. */
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

    /** The call that took the last slot was sent only now: the next slot is as far from here. */
    public void sent(long now) {
        if (!isLimited()) {
            return;
        }
        margin = Math.max(leastMargin, margin * NARROWING);
        long fromHere = now + spacing();
        if (!isUsed || fromHere - next > 0) {
            isUsed = true;
            next = fromHere;
        }
    }

    /** The call that took the last slot will not be made: the slot is free again. */
    public void giveBack() {
        next = nextBefore;
    }

    /** A call was refused although the pace was kept: the margin grows. */
    public void refused() {
        margin = Math.min(mostMargin, margin * GROWTH);
    }

    /** Grants no slot before this time. A shorter hold than the one in force changes nothing. */
    public void holdUntil(long time) {
        if (!isHeld || time - holdEnd > 0) {
            isHeld = true;
            holdEnd = time;
        }
    }

    /** Whether there is a pace at all. */
    public boolean isLimited() {
        return spacing() > 0;
    }

    private long spacing() {
        return (long) (interval + margin);
    }
}
