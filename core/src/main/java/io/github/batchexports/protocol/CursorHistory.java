package io.github.batchexports.protocol;

import java.util.Arrays;

/**
 * Which cursors a listing has seen, in memory that does not grow with it. The last {@value #RECENT} are all remembered, so
 * that a cycle of up to that many pages is found at its first repeated cursor. A longer one is found by Brent's method:
 * one cursor is kept as a mark and replaced whenever the distance to it has doubled, so that at last the mark lies in the
 * cycle and the distance spans it.
 *
 * <p>Cursors are kept as 64 bits of hash: over a million pages, a cursor is taken for another with a chance below one in
 * ten billion.
 */
final class CursorHistory {

    static final int RECENT = 1024;

    private long[] recent = new long[8];
    private long count;
    private long mark;
    private long markUntil;

    /** Adds a cursor; false when it came before. */
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

    /** FNV-1a over the characters, then mixed, so that cursors that differ in one place differ everywhere. */
    private static long hash(String cursor) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < cursor.length(); i++) {
            hash = (hash ^ cursor.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }
}
