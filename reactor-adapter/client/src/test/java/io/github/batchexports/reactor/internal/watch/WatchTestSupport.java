package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportChange.Kind;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.PollResult;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.reactor.Timers;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Watches over a list of 500 exports in memory, on a virtual clock. */
abstract class WatchTestSupport {

    static final Duration INTERVAL = Duration.ofSeconds(30);

    final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    final Timers timers = new Timers(clock);
    private final TimeSource time = new TimeSource(timers);
    final List<PollResult> polls = new ArrayList<>();

    final FakeExportList list = FakeExportList.ofFinal(500);
    private @Nullable ListPoll current;

    @AfterEach
    void end() {
        clock.dispose();
    }

    private ListPoll poll() {
        if (current == null || current.isOver()) {
            current = new ListPoll(list, time);
        }
        return current;
    }

    WatchOptions.Builder options() {
        return WatchOptions.builder().onPoll(polls::add);
    }

    Flux<ExportChange> watch(WatchOptions.Builder options) {
        return WatchFlux.changes(options.build(), this::poll);
    }

    Flux<ExportSnapshot> snapshots(WatchOptions.Builder options) {
        return WatchFlux.snapshots(options.build(), this::poll);
    }

    /** The polls that failed. */
    List<PollResult> failedPolls() {
        return polls.stream().filter(poll -> !poll.isSuccess()).toList();
    }

    /** Collects what a watch emits, as far as demanded. */
    static final class Viewer extends BaseSubscriber<ExportChange> {
        final List<ExportChange> seen = new ArrayList<>();

        @Nullable
        Throwable error;

        private final long first;

        Viewer(long first) {
            this.first = first;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            if (first > 0) {
                request(first);
            }
        }

        @Override
        protected void hookOnNext(ExportChange change) {
            seen.add(change);
        }

        @Override
        protected void hookOnError(Throwable failure) {
            error = failure;
        }

        void requestZero() {
            upstream().request(0);
        }

        List<ExportChange> takeSeen() {
            List<ExportChange> taken = List.copyOf(seen);
            seen.clear();
            return taken;
        }
    }

    Viewer view(WatchOptions.Builder options, long demand) {
        Viewer viewer = new Viewer(demand);
        watch(options).subscribe(viewer);
        return viewer;
    }

    Viewer view() {
        return view(options(), Long.MAX_VALUE);
    }

    /** Asserts that no timer is set and no call follows. */
    void assertNothingIsLeft() {
        assertThat(timers.pending()).isZero();
        int calls = list.calls();
        clock.advanceTimeBy(Duration.ofDays(1));
        assertThat(list.calls()).isEqualTo(calls);
    }

    /** A discovery, or a change of status. */
    static ExportChange change(@Nullable ExportStatus previous, ExportRequest export) {
        return ExportChange.builder()
                .previous(previous)
                .kind(previous == null ? Kind.DISCOVERED : Kind.STATUS)
                .export(export)
                .build();
    }

    static BatchExportsException transientFailure() {
        return new TransportException(CallContext.of(Operation.LIST, null), "the connection broke", true, null);
    }
}
