package io.github.batchexports.protocol;

import java.util.Arrays;

/**
 * Finds cursors that a listing has seen before, in bounded memory. The last {@value #RECENT} are all remembered, so a
 * cycle of up to that many pages is found at its first repeated cursor. A longer one is found by Brent's algorithm: one
 * cursor is kept as a mark and replaced whenever the distance to it has doubled, until the mark is in the cycle and the
 * distance spans it.
 *
 * <p>Cursors are kept as 64-bit hashes: the chance of taking one for another is below one in ten billion over a million
 * pages.
 */
final class CursorHistory {

    static final int RECENT = 1024;

    private long[] recent = new long[8];
    private long count;
    private long mark;
    private long markUntil;

    /** Adds a cursor; returns false if it was seen before. */
    boolean add(String cursor) {
        long hash = hash(cursor);
        if (count > 0 && (hash == mark || isRecent(hash))) {
            return false;
        }
        if (count == markUntil) {
            mark = hash;
            markUntil = count == 0 ? 1 : count * 2;
        }
        remember(hash);
        return true;
    }

    private boolean isRecent(long hash) {
        int known = (int) Math.min(count, RECENT);
        for (int i = 0; i < known; i++) {
            if (recent[i] == hash) {
                return true;
            }
        }
        return false;
    }

    private void remember(long hash) {
        if (count == recent.length && count < RECENT) {
            recent = Arrays.copyOf(recent, recent.length * 2);
        }
        recent[(int) (count % recent.length)] = hash;
        count++;
    }

    /** FNV-1a over the characters, then mixed, so that cursors that differ in one character have unrelated hashes. */
    private static long hash(String cursor) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < cursor.length(); i++) {
            hash = (hash ^ cursor.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }
}
