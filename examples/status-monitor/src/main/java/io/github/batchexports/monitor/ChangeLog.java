package io.github.batchexports.monitor;

import io.github.batchexports.ExportRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of each export, in the order in which they came: who reads slowly gets each export once, as it is by
 * then. Beyond a number the oldest states are forgotten, and who has not read them is told to reload.
 */
class ChangeLog {

    /** A state and its position; without an export, where to go on after a reload. */
    record Entry(long position, @Nullable ExportRequest export) {}

    // Another process counts its own positions.
    private final String process = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final int capacity;
    private final TreeMap<Long, ExportRequest> states = new TreeMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private long last;
    private long forgotten;

    ChangeLog(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a state, unless the log has it, as when a watch begins anew; gives the last position. */
    synchronized long add(ExportRequest export) {
        Long before = positions.get(export.id());
        if (before != null && export.equals(states.get(before))) {
            return last;
        }
        positions.put(export.id(), ++last);
        states.put(last, export);
        if (before != null) {
            states.remove(before);
        } else if (states.size() > capacity) {
            var oldest = states.pollFirstEntry();
            forgotten = oldest.getKey();
            positions.remove(oldest.getValue().id());
        }
        return last;
    }

    /** What comes after a position, or null when nothing does yet. */
    synchronized @Nullable Entry next(long position) {
        if (position < forgotten) {
            return new Entry(last, null);
        }
        var next = states.higherEntry(position);
        return next == null ? null : new Entry(next.getKey(), next.getValue());
    }

    String id(long position) {
        return process + "-" + position;
    }

    /** The position of an event's id; before all others when there is none, or it is another process's. */
    long position(@Nullable String id) {
        boolean known = id != null && id.matches(process + "-\\d{1,18}");
        return known ? Long.parseLong(id.substring(process.length() + 1)) : -1;
    }
}
