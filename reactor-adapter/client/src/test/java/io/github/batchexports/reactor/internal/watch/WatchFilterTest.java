package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import org.junit.jupiter.api.Test;

/** Which states of an export a watch's filter is asked about. */
class WatchFilterTest extends WatchTestSupport {

    @Test
    void stateThatReturnsIsFilteredAgain() {
        list.set(5, ExportStatus.RUNNING);
        Viewer viewer = view(options().filter(ExportFilters.status(ExportStatus.RUNNING)), Long.MAX_VALUE);
        viewer.takeSeen();
        ExportRequest ended = list.set(5, ExportStatus.SUCCESS);
        clock.advanceTimeBy(INTERVAL);
        // It matches by the state before it alone.
        assertThat(viewer.takeSeen()).containsExactly(change(ExportStatus.RUNNING, ended));
        list.put(5, ended.toBuilder().scope(ExportScope.of("OTHER")).build());
        clock.advanceTimeBy(INTERVAL);
        list.put(5, ended);
        clock.advanceTimeBy(INTERVAL);
        assertThat(viewer.seen).isEmpty();
    }
}
