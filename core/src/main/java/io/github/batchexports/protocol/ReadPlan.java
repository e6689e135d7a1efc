package io.github.batchexports.protocol;

import io.github.batchexports.ExportRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what costs fewer calls to see the exports that a poll has not seen yet: reading the pages down to them, or
 * viewing each by its id. Assumes that the list is sorted newest first.
 */
final class ReadPlan {

    /** The depth of an export that is not known to be on any page. */
    private static final int NOWHERE = Integer.MAX_VALUE;

    private final Collection<ExportRequest> known;
    private final int pageSize;
    private final int pagesRead;

    ReadPlan(Collection<ExportRequest> known, int pageSize, int pagesRead) {
        this.known = known;
        this.pageSize = pageSize;
        this.pagesRead = pagesRead;
    }

    /**
     * Returns whether to read the next page rather than view each export. Pages are preferred at equal cost, since they
     * show more.
     *
     * @param viewable the exports that can be viewed
     * @param others the exports that cannot be viewed, and have to be seen on a page
     */
    boolean readsOn(List<ExportRequest> viewable, List<ExportRequest> others) {
        List<Integer> depths = pagesTo(viewable);
        int least = others.isEmpty() ? 0 : Collections.max(pagesTo(others));
        if (least == NOWHERE) {
            return true;
        }
        int best = least;
        long bestCost = cost(least, depths);
        for (int pages : depths) {
            if (pages != NOWHERE && pages > best && cost(pages, depths) <= bestCost) {
                best = pages;
                bestCost = cost(pages, depths);
            }
        }
        return best > 0;
    }

    /** Returns the calls it takes to read this many more pages and to view the exports below them. */
    private static long cost(int pages, List<Integer> depths) {
        return pages + depths.stream().filter(each -> each > pages).count();
    }

    private List<Integer> pagesTo(List<ExportRequest> exports) {
        return exports.stream().map(export -> pagesTo(export.requestDate())).toList();
    }

    /** Returns how many more pages must be read to see an export of this date. */
    private int pagesTo(@Nullable Instant date) {
        if (date == null) {
            return NOWHERE;
        }
        int newer = 0;
        for (ExportRequest export : known) {
            Instant other = export.requestDate();
            newer += other != null && other.isAfter(date) ? 1 : 0;
        }
        int page = newer / pageSize;
        // It should have been seen already.
        return page < pagesRead ? NOWHERE : page - pagesRead + 1;
    }
}
