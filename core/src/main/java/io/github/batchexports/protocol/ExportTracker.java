package io.github.batchexports.protocol;

import io.github.batchexports.ExportRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a project's exports from polling their list, and how much of the list a poll must read.
 *
 * <p>A poll reads from the newest on. It has read enough once it met everything that was not final yet and a page with
 * nothing new, as long as what it read came newest first; otherwise it reads everything. A page is new as long as the poll
 * that found it had not come to its end: a poll that breaks off may have left more like it behind.
 *
 * <p>An export that is not final and lies pages below is viewed by a call of its own, where that costs fewer calls than the
 * pages. One whose status has not changed for a day is left to the polls that read everything.
 *
 * <p>What a poll that read the whole list did not meet is no longer listed for sure after the second such poll: a page may
 * have moved on while the first one read.
 *
 * <p>Not thread-safe. Memory grows with the number of exports that the API lists.
 */
public final class ExportTracker {

    private static final long LONGEST_AWAITED_NANOS = Duration.ofDays(1).toNanos();

    private static final long VIEWED_AGAIN_NANOS = Duration.ofHours(1).toNanos();

    private static final class Known {
        ExportRequest export;
        long statusSince;
        long viewableFrom;
        boolean isMissing;

        Known(ExportRequest export, long now) {
            this.export = export;
            this.statusSince = now;
            this.viewableFrom = now;
        }
    }

    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Set<String> foundByBrokenPolls = new HashSet<>();

    private Map<String, Known> awaited = Map.of();
    private Set<String> met = Set.of();
    private Set<String> gone = Set.of();
    private @Nullable Instant lastDate;
    private boolean readsAll;
    private boolean sawNothingNew;
    private long now;
    private int pagesRead;
    private int pageSize;

    /**
     * Begins a poll.
     *
     * @param everything whether it reads the whole list, which finds what newest first misses
     * @param time in nanoseconds, of any clock
     */
    public void begin(boolean everything, long time) {
        now = time;
        pagesRead = 0;
        pageSize = 1;
        readsAll = everything;
        sawNothingNew = false;
        lastDate = null;
        met = new HashSet<>();
        gone = new HashSet<>();
        awaited = new LinkedHashMap<>();
        known.forEach((id, each) -> {
            if (!each.export.isFinal() && now - each.statusSince < LONGEST_AWAITED_NANOS) {
                awaited.put(id, each);
            }
        });
    }

    /** Takes the next page of the poll; returns those of its exports that were not known, or not like this. */
    public List<ExportRequest> accept(List<ExportRequest> page) {
        pagesRead++;
        pageSize = Math.max(pageSize, page.size());
        List<ExportRequest> changed = new ArrayList<>();
        boolean anyNew = page.isEmpty();
        for (ExportRequest export : page) {
            checkOrder(export.requestDate());
            met.add(export.id());
            if (update(export)) {
                changed.add(export);
            }
            anyNew |= foundByBrokenPolls.contains(export.id());
        }
        sawNothingNew |= !anyNew;
        return changed;
    }

    private void checkOrder(@Nullable Instant date) {
        if (date == null || (lastDate != null && date.isAfter(lastDate))) {
            readsAll = true;
        }
        lastDate = date;
    }

    /** Takes an export as it is now; returns whether it was not known, or not like this. */
    private boolean update(ExportRequest export) {
        awaited.remove(export.id());
        Known before = known.get(export.id());
        if (before == null) {
            foundByBrokenPolls.add(export.id());
            known.put(export.id(), new Known(export, now));
            return true;
        }
        if (export.equals(before.export)) {
            return false;
        }
        before.statusSince = export.status().equals(before.export.status()) ? before.statusSince : now;
        before.export = export;
        return true;
    }

    /** Whether the poll has read enough. */
    public boolean hasEnough() {
        return !readsAll && sawNothingNew && awaited.isEmpty();
    }

    /**
     * The ids to view now, each followed by {@link #viewed} or {@link #notViewed}, in place of reading the next page; empty
     * if that is to be read, or if the poll has enough.
     */
    public List<String> toView() {
        if (readsAll || !sawNothingNew || awaited.isEmpty()) {
            return List.of();
        }
        List<ExportRequest> viewable = new ArrayList<>();
        List<ExportRequest> others = new ArrayList<>();
        awaited.values().forEach(each -> (now - each.viewableFrom >= 0 ? viewable : others).add(each.export));
        boolean readsOn = new ReadPlan(known(), pageSize, pagesRead).readsOn(viewable, others);
        return readsOn ? List.of() : List.copyOf(awaited.keySet());
    }

    /**
     * Takes note that a call for one export failed, so that pages have to show it.
     *
     * @param isTransient whether the next poll may try again; otherwise those of an hour do not
     */
    public void notViewed(String id, boolean isTransient) {
        Known straggler = awaited.get(id);
        if (straggler != null) {
            straggler.viewableFrom = now + (isTransient ? 1 : VIEWED_AGAIN_NANOS);
        }
    }

    /** The ids that the poll did not meet, though it came to the end of the list, and that none before it missed. */
    public List<String> newlyMissing() {
        List<String> missing = new ArrayList<>();
        known.forEach((id, each) -> {
            if (!each.isMissing && !met.contains(id)) {
                missing.add(id);
            }
        });
        return missing;
    }

    /** Takes an export as its own call shows it; returns whether it was not like this. */
    public boolean viewed(ExportRequest export) {
        return known.containsKey(export.id()) && update(export);
    }

    /** Takes note that a call for a missing export found none. */
    public void notFound(String id) {
        gone.add(id);
    }

    /**
     * Ends a poll that was not broken off.
     *
     * @param wholeList whether it came to the end of the list
     * @return what is no longer listed, as it was known, and forgotten now
     */
    public List<ExportRequest> end(boolean wholeList) {
        foundByBrokenPolls.clear();
        List<ExportRequest> removed = wholeList ? removeMissing() : List.of();
        met = Set.of();
        gone = Set.of();
        awaited = Map.of();
        return removed;
    }

    private List<ExportRequest> removeMissing() {
        List<ExportRequest> removed = new ArrayList<>();
        Iterator<Known> all = known.values().iterator();
        while (all.hasNext()) {
            Known each = all.next();
            String id = each.export.id();
            boolean isMissing = !met.contains(id);
            if (isMissing && (each.isMissing || gone.contains(id))) {
                removed.add(each.export);
                all.remove();
            }
            each.isMissing = isMissing;
        }
        return removed;
    }

    /** What is known, in the order it was found; a copy. */
    public List<ExportRequest> known() {
        List<ExportRequest> exports = new ArrayList<>(known.size());
        known.values().forEach(each -> exports.add(each.export));
        return exports;
    }
}
