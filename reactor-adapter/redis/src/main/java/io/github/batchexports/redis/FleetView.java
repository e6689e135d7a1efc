package io.github.batchexports.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What one instance knows of the fleet, as arithmetic: it goes along with each request, so that Redis' loss is made good, and
 * gives the instance's share of the time while Redis is away. Times are nanoseconds of the instance's clock. Not thread-safe.
 */
final class FleetView {

    private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);
    /** As the script forgets members; a little less, since the way there takes time as well. */
    private static final long MEMORY = TimeUnit.SECONDS.toNanos(55);

    private static final long IDLE = TimeUnit.SECONDS.toNanos(30);
    private static final long GREETING = TimeUnit.SECONDS.toNanos(20);
    private static final long SHORTEST_PROBE = TimeUnit.MILLISECONDS.toNanos(35);
    private static final long LONGEST_PROBE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofMillis(500);
    private static final Duration LONGEST_HOLD = Duration.ofDays(1);
    private static final long NONE = Long.MIN_VALUE;

    private final String instance;
    private final FleetPace pace;
    private final int instances;
    private final long guess;

    private int members;
    private int rank;
    private long membersAt;
    private long clock;
    private long roundTrip;
    private boolean reached;
    private boolean lost;
    private long answeredAt;
    private long notBefore;
    private long holdUntil = NONE;
    private long calledAt = NONE;
    private long untold = NONE;
    private boolean leavesLate;
    private long greetedAt;

    /** @param instances how many share the limit, as the application says; 0: it does not */
    FleetView(String instance, FleetPace pace, int instances, long now) {
        this.instance = instance;
        this.pace = pace;
        this.instances = instances;
        this.greetedAt = now - GREETING;
        this.guess = instances > 0 ? now + ThreadLocalRandom.current().nextLong(pace.share() * instances) : now;
    }

    boolean canGoOnAlone() {
        return reached || instances > 0;
    }

    boolean isHeldAt(long time) {
        return holdLeft(time) > 0;
    }

    /** Whether the last request had no answer. */
    boolean isLost() {
        return lost;
    }

    /** Whether Redis is to hear of this instance now, which then counts as done. */
    boolean isForgetting(long now) {
        boolean forgetting = now - greetedAt >= GREETING && (!reached || now - answeredAt >= GREETING);
        greetedAt = forgetting ? now : greetedAt;
        return forgetting;
    }

    boolean isReached() {
        return reached;
    }

    /** Whether the next call may take long between its permit and the wire: it has to connect, or the ones before did. */
    boolean leavesLate(long now) {
        return calledAt == NONE || leavesLate || now - calledAt > IDLE;
    }

    long holdLeft(long now) {
        return holdUntil == NONE ? 0 : Math.max(0, holdUntil - now);
    }

    /** How long Redis gets to answer. */
    Duration timeout() {
        return reached ? ANSWER : FIRST_CONTACT;
    }

    /** How long Redis gets to answer a request for a slot; while it is away, right before a call without it. */
    Duration callTimeout() {
        return lost ? Duration.ofNanos(probe()) : timeout();
    }

    /** How long before a share of the time Redis is asked once more. */
    long lead() {
        return probe() + 3 * pace.early();
    }

    private long probe() {
        return Math.max(SHORTEST_PROBE, Math.min(LONGEST_PROBE, 3 * roundTrip));
    }

    /**
     * The script's arguments.
     *
     * @param timeout how long the answer is waited for
     */
    List<byte[]> args(String op, long now, Duration timeout, boolean unused) {
        long silence = reached && (lost || now - answeredAt < MEMORY) ? now - answeredAt : -MICRO;
        List<byte[]> args = new ArrayList<>(11);
        args.add(bytes(op));
        args.add(bytes(instance));
        args.add(micros(pace.interval()));
        args.add(micros(pace.early()));
        args.add(micros(holdLeft(now)));
        args.add(micros(untold == NONE ? -MICRO : now - untold));
        args.add(micros(silence));
        args.add(flag(lost));
        args.add(flag(leavesLate(now)));
        args.add(flag(unused));
        args.add(bytes(reached ? Long.toString((now + timeout.toNanos()) / MICRO + clock) : "-1"));
        return args;
    }

    /** Redis answered a request of {@code sentAt}. */
    void answered(PaceReply reply, long sentAt, long now) {
        roundTrip = now - sentAt;
        clock = reply.now() - (sentAt + roundTrip / 2) / MICRO;
        if (reply.stale()) {
            // The clock was set: what was told has to be told again.
            return;
        }
        // Right after Redis lost its memory few are known to it, and Redis may be gone again before they came back.
        if (reply.members() >= members || now - membersAt > MEMORY) {
            members = reply.members();
            rank = reply.rank();
            membersAt = now;
        }
        if (reply.hold() > 0) {
            // From when it was asked: else each would lengthen it by half a round trip, and tell the others.
            hold(sentAt + reply.hold() * MICRO);
        }
        if (untold != NONE && untold - sentAt <= 0) {
            untold = NONE;
        }
        reached = true;
        lost = false;
        answeredAt = now;
    }

    /**
     * A request of {@code sentAt} has no answer.
     *
     * @param timeout how long it was waited for; by that much are late all who call in the slots that they have
     */
    void failed(long sentAt, Duration timeout) {
        if (!lost) {
            lost = canGoOnAlone();
            notBefore = sentAt + timeout.toNanos() + pace.early() + pace.interval() * Math.max(1, members);
        }
    }

    void holdFor(Duration time, long now) {
        hold(now + (time.compareTo(LONGEST_HOLD) < 0 ? time : LONGEST_HOLD).toNanos());
    }

    private void hold(long until) {
        if (holdUntil == NONE || until - holdUntil > 0) {
            holdUntil = until;
        }
    }

    /** A call left. {@code slot} is when Redis expects it, if it does. */
    void called(long now, long slot, boolean granted) {
        calledAt = now;
        leavesLate = now - slot > pace.early();
        untold = granted && now - slot <= pace.tolerance() ? NONE : now;
    }

    boolean hasUntoldCall() {
        return untold != NONE;
    }

    /** When this instance's next share of the time begins. Nobody else calls in it. */
    long nextShare(long now) {
        long earliest = now;
        earliest = calledAt == NONE ? earliest : Math.max(earliest, calledAt + pace.share());
        earliest = holdUntil == NONE ? earliest : Math.max(earliest, holdUntil);
        if (!reached) {
            return nextGuess(earliest);
        }
        earliest = lost ? Math.max(earliest, notBefore) : earliest;
        long share = pace.share() / MICRO;
        long slot = -Math.floorDiv(-(earliest / MICRO + clock), share);
        slot += Math.floorMod(rank - slot, members);
        return (slot * share - clock) * MICRO;
    }

    /** Nobody's order is known: as many calls as the instance's part, from a moment of its own. */
    private long nextGuess(long earliest) {
        return Math.max(earliest, calledAt == NONE ? guess : calledAt + pace.share() * instances);
    }

    private static byte[] micros(long nanos) {
        return bytes(Long.toString(Math.floorDiv(nanos, MICRO)));
    }

    private static byte[] flag(boolean value) {
        return bytes(value ? "1" : "0");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
