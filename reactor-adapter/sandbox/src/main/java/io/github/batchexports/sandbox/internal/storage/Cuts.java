package io.github.batchexports.sandbox.internal.storage;

import java.util.SplittableRandom;

/** Where transfers break off: the first ones, as many as were asked for, at a random byte. */
public final class Cuts {

    private final SplittableRandom random;
    private int left;

    public Cuts(long seed, int count) {
        this.random = new SplittableRandom(seed);
        this.left = count;
    }

    /**
     * What is sent of a part of a file: all of it, or at least one byte and not the last one. What has no such place is
     * not cut.
     */
    public synchronized ByteRange sent(ByteRange asked) {
        if (left == 0 || asked.length() < 2) {
            return asked;
        }
        left--;
        return new ByteRange(asked.first(), asked.first() + random.nextLong(1, asked.length()));
    }
}
