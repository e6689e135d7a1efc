package io.github.batchexports.redis;

import java.util.List;

/**
 * What the script for pacing says. Times are microseconds.
 *
 * @param granted whether the caller's slot is there
 * @param stale whether it was too late, by Redis' clock, for anything to be done
 * @param untilDue how long until it is
 * @param members how many instances were seen within a minute
 * @param rank how many of them come before the caller, by name
 * @param now Redis' clock
 * @param hold how long all are held, 0: not at all
 */
record PaceReply(boolean granted, boolean stale, long untilDue, int members, int rank, long now, long hold) {

    private static final int LENGTH = 6;

    static PaceReply of(List<?> reply) {
        if (reply.size() != LENGTH) {
            throw new IllegalStateException("Redis sent " + reply.size() + " values in place of " + LENGTH);
        }
        return new PaceReply(
                number(reply, 0) == 1,
                number(reply, 0) == -1,
                number(reply, 1),
                (int) number(reply, 2),
                (int) number(reply, 3),
                number(reply, 4),
                number(reply, 5));
    }

    private static long number(List<?> reply, int index) {
        if (reply.get(index) instanceof Long number) {
            return number;
        }
        throw new IllegalStateException("Redis sent something else in place of number " + index);
    }
}
