package io.github.batchexports.reactor.internal.call;

import java.util.concurrent.atomic.AtomicReference;

/**
 * One attempt's turn at the pacer: says once that the call went out, or that it never will. A cancel can come from another
 * thread at any moment, right between the turn and the call too; a turn that was then forgotten would hold up everybody.
 */
public final class Turn {

    private enum State {
        WAITING,
        TAKEN,
        OVER
    }

    private final Turns pacer;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    public Turn(Turns pacer) {
        this.pacer = pacer;
    }

    /** The pacer gave the turn. */
    public void taken() {
        if (!state.compareAndSet(State.WAITING, State.TAKEN)) {
            pacer.started();
        }
    }

    /** The call goes out. */
    public void started() {
        if (state.compareAndSet(State.TAKEN, State.OVER)) {
            pacer.started();
        }
    }

    /** The attempt is over, by whatever signal. */
    public void ended() {
        if (state.getAndSet(State.OVER) == State.TAKEN) {
            pacer.started();
        }
    }
}
