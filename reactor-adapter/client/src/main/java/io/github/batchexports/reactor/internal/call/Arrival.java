package io.github.batchexports.reactor.internal.call;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a call that must not arrive twice may have arrived, until nobody waits for it any more. An attempt either begins
 * before that, or is not made, so a permit that is granted at that moment changes nothing about what was reported.
 */
public final class Arrival {

    private enum State {
        RULED_OUT,
        POSSIBLE,
        GIVEN_UP
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RULED_OUT);

    /** Begins an attempt; returns false if the call was given up, and then the attempt must not be made. */
    boolean begin() {
        return state.updateAndGet(now -> now == State.GIVEN_UP ? now : State.POSSIBLE) == State.POSSIBLE;
    }

    /** The attempt did not arrive, or was refused. */
    void ruleOut() {
        state.compareAndSet(State.POSSIBLE, State.RULED_OUT);
    }

    /** Gives the call up; returns whether it may have arrived. */
    public boolean giveUp() {
        return state.getAndSet(State.GIVEN_UP) == State.POSSIBLE;
    }
}
