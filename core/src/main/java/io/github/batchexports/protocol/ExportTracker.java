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
 * Tracks a project's exports by polling their list, and decides how much of the list a poll must read.
 *
 * <p>A poll reads from the newest export on. It has read enough once it has seen all exports that were not final, and a
 * page with no new export, as long as the list is sorted newest first; otherwise it reads the whole list. An export
 * remains new until the poll that found it completes: a poll that is aborted may have missed more of them.
 *
 * <p>An open export (one that is not final) pages below is viewed by a call of its own, if that costs fewer calls than
 * reading the pages. An open export whose status has not changed for a day is left to full sweeps.
 *
 * <p>An export is taken to be removed when two polls that read the whole list did not see it, and none between them did, or
 * one did not and a view did not find it: exports may move between pages while one poll reads.
 *
 * <p>Not thread-safe. Memory grows with the number of exports that the API lists.
 */
public final class ExportTracker {

    private static final long MAX_AWAITED_NANOS = Duration.ofDays(1).toNanos();

    private static final long VIEW_RETRY_NANOS = Duration.ofHours(1).toNanos();

    private static final class Tracked {
        ExportRequest export;
        long statusSince;
        long viewableFrom;
        boolean isMissing;

        Tracked(ExportRequest export, long now) {
            this.export = export;
            this.statusSince = now;
            this.viewableFrom = now;
        }
    }

    private final Map<String, Tracked> known = new LinkedHashMap<>();
    private final Set<String> foundByAbortedPolls = new HashSet<>();

    private Map<String, Tracked> awaited = Map.of();
    private Set<String> seen = Set.of();
    private Set<String> notFound = Set.of();
    private @Nullable Instant lastDate;
    private boolean readsAll;
    private boolean sawUnchangedPage;
    private long now;
    private int pagesRead;
    private int pageSize;

    /**
     * Begins a poll.
     *
     * @param everything whether to read the whole list, which also finds what lies below a page without new exports
     * @param time current time in nanoseconds, of any monotonic clock
     */
    public void begin(boolean everything, long time) {
        now = time;
        pagesRead = 0;
        pageSize = 1;
        readsAll = everything;
        sawUnchangedPage = false;
        lastDate = null;
        seen = new HashSet<>();
        notFound = new HashSet<>();
        awaited = new LinkedHashMap<>();
        known.forEach((id, each) -> {
            if (!each.export.isFinal() && now - each.statusSince < MAX_AWAITED_NANOS) {
                awaited.put(id, each);
            }
        });
    }

    /** Takes the next page of the poll and returns those of its exports that are new or have changed. */
    public List<ExportRequest> accept(List<ExportRequest> page) {
        pagesRead++;
        pageSize = Math.max(pageSize, page.size());
        List<ExportRequest> changed = new ArrayList<>();
        boolean anyNew = page.isEmpty();
        for (ExportRequest export : page) {
            checkOrder(export.requestDate());
            seen.add(export.id());
            isListed(export.id());
            if (update(export)) {
                changed.add(export);
            }
            anyNew |= foundByAbortedPolls.contains(export.id());
        }
        sawUnchangedPage |= !anyNew;
        return changed;
    }

    private void isListed(String id) {
        Tracked tracked = known.get(id);
        if (tracked != null) {
            tracked.isMissing = false;
        }
    }

    private void checkOrder(@Nullable Instant date) {
        if (date == null || (lastDate != null && date.isAfter(lastDate))) {
            readsAll = true;
        }
        lastDate = date;
    }

    /** Takes the current state of an export and returns whether it is new or has changed. */
    private boolean update(ExportRequest export) {
        awaited.remove(export.id());
        Tracked previous = known.get(export.id());
        if (previous == null) {
            foundByAbortedPolls.add(export.id());
            known.put(export.id(), new Tracked(export, now));
            return true;
        }
        if (export.equals(previous.export)) {
            return false;
        }
        previous.statusSince = export.status().equals(previous.export.status()) ? previous.statusSince : now;
        previous.export = export;
        return true;
    }

    /** Returns whether the poll has read enough. */
    public boolean hasEnough() {
        return !readsAll && sawUnchangedPage && awaited.isEmpty();
    }

    /**
     * Returns the ids of the exports to view instead of reading the next page; empty if the next page is to be read, or
     * if the poll has read enough. Report the outcome of each by {@link #viewed} or {@link #notViewed}.
     */
    public List<String> toView() {
        if (readsAll || !sawUnchangedPage || awaited.isEmpty()) {
            return List.of();
        }
        List<ExportRequest> viewable = new ArrayList<>();
        List<ExportRequest> others = new ArrayList<>();
        awaited.values().forEach(each -> (now - each.viewableFrom >= 0 ? viewable : others).add(each.export));
        boolean readsOn = new ReadPlan(known(), pageSize, pagesRead).readsOn(viewable, others);
        return readsOn ? List.of() : List.copyOf(awaited.keySet());
    }

    /**
     * Records that viewing an export failed, so that it has to be seen on a page.
     *
     * @param isTransient whether the next poll may view it again; otherwise none does for an hour
     */
    public void notViewed(String id, boolean isTransient) {
        Tracked tracked = awaited.get(id);
        if (tracked != null) {
            tracked.viewableFrom = now + (isTransient ? 1 : VIEW_RETRY_NANOS);
        }
    }

    /** Returns the ids that this poll of the whole list did not see, and that were not missing before. */
    public List<String> newlyMissing() {
        List<String> missing = new ArrayList<>();
        known.forEach((id, each) -> {
            if (!each.isMissing && !seen.contains(id)) {
                missing.add(id);
            }
        });
        return missing;
    }

    /** Takes the state of an export from its view and returns whether it has changed. */
    public boolean viewed(ExportRequest export) {
        return known.containsKey(export.id()) && update(export);
    }

    /** Records that a view of a missing export did not find it. */
    public void notFound(String id) {
        notFound.add(id);
    }

    /**
     * Completes a poll. An aborted poll is followed by {@link #begin} instead.
     *
     * @param wholeList whether it read to the end of the list
     * @return the exports that were removed, as last seen; they are no longer tracked
     */
    public List<ExportRequest> end(boolean wholeList) {
        foundByAbortedPolls.clear();
        List<ExportRequest> removed = wholeList ? removeMissing() : List.of();
        seen = Set.of();
        notFound = Set.of();
        awaited = Map.of();
        return removed;
    }

    private List<ExportRequest> removeMissing() {
        List<ExportRequest> removed = new ArrayList<>();
        Iterator<Tracked> all = known.values().iterator();
        while (all.hasNext()) {
            Tracked each = all.next();
            String id = each.export.id();
            boolean isMissing = !seen.contains(id);
            if (isMissing && (each.isMissing || notFound.contains(id))) {
                removed.add(each.export);
                all.remove();
            }
            each.isMissing = isMissing;
        }
        return removed;
    }

    /** Returns a copy of the tracked exports, in the order in which they were found. */
    public List<ExportRequest> known() {
        List<ExportRequest> exports = new ArrayList<>(known.size());
        known.values().forEach(each -> exports.add(each.export));
        return exports;
    }
}
