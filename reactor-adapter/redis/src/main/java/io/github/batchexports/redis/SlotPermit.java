package io.github.batchexports.redis;

import io.github.batchexports.reactor.RequestPacer.Permit;
import java.util.function.Consumer;

/** The right to one call. Its pacer hears once what became of it. */
final class SlotPermit implements Permit {

    private final long slot;
    private final boolean granted;
    private final Consumer<SlotPermit> onSent;
    private final Consumer<SlotPermit> onRelease;
    private boolean settled;

    /**
     * A permit for a slot.
     *
     * @param slot when the call is expected to leave
     * @param granted whether Redis said so
     */
    SlotPermit(long slot, boolean granted, Consumer<SlotPermit> onSent, Consumer<SlotPermit> onRelease) {
        this.slot = slot;
        this.granted = granted;
        this.onSent = onSent;
        this.onRelease = onRelease;
    }

    long slot() {
        return slot;
    }

    boolean granted() {
        return granted;
    }

    /** Whether it is settled from now on, and was not before. To be called in a change of the pacer's state. */
    boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    @Override
    public void sent() {
        onSent.accept(this);
    }

    @Override
    public void release() {
        onRelease.accept(this);
    }
}
