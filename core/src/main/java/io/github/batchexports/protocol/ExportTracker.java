package io.github.batchexports.protocol;

import io.github.batchexports.ExportRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
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
 * <p>Not thread-safe. Memory grows with the number of exports that the API lists.
 */
public final class ExportTracker {

    private final Map<String, ExportRequest> known = new LinkedHashMap<>();
    private final Set<String> foundByBrokenPolls = new HashSet<>();

    private Set<String> awaited = Set.of();
    private Set<String> met = Set.of();
    private @Nullable Instant lastDate;
    private boolean readsAll;
    private boolean sawNothingNew;

    /**
     * Begins a poll.
     *
     * @param everything whether it reads the whole list, which finds what newest first misses
     */
    public void begin(boolean everything) {
        readsAll = everything;
        sawNothingNew = false;
        lastDate = null;
        met = new HashSet<>();
        awaited = new HashSet<>();
        for (ExportRequest export : known.values()) {
            if (!export.isFinal()) {
                awaited.add(export.id());
            }
        }
    }

    /** Takes the next page of the poll; returns those of its exports that were not known, or not like this. */
    public List<ExportRequest> accept(List<ExportRequest> page) {
        List<ExportRequest> changed = new ArrayList<>();
        boolean anyNew = page.isEmpty();
        for (ExportRequest export : page) {
            checkOrder(export.requestDate());
            met.add(export.id());
            awaited.remove(export.id());
            ExportRequest before = known.put(export.id(), export);
            if (before == null) {
                foundByBrokenPolls.add(export.id());
            }
            anyNew |= foundByBrokenPolls.contains(export.id());
            if (!export.equals(before)) {
                changed.add(export);
            }
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

    /** Whether the poll has read enough. */
    public boolean hasEnough() {
        return !readsAll && sawNothingNew && awaited.isEmpty();
    }

    /**
     * Ends a poll that was not broken off.
     *
     * @param wholeList whether it came to the end of the list; then what it did not meet is no longer listed, and forgotten
     */
    public void end(boolean wholeList) {
        foundByBrokenPolls.clear();
        if (wholeList) {
            known.keySet().retainAll(met);
        }
        met = Set.of();
        awaited = Set.of();
    }

    /** What is known, in the order it was found. */
    public Collection<ExportRequest> known() {
        return Collections.unmodifiableCollection(known.values());
    }

    /** The ids of what is known. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(known.keySet());
    }
}
