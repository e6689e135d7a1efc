package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.PollResult;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.RestApiKeyException;
import io.github.batchexports.protocol.ExportTracker;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The polls of a project's list that its watchers share. A poll requests the next page only if the ones before were not
 * enough, and tells the watchers about each page as it arrives. A page of a poll that was abandoned, but not cancelled in
 * time, is ignored.
 */
public final class ListPoll extends SharedPoll<Watcher<?>> {

    private static final Duration MAX_JITTER = Duration.ofSeconds(1);

    /** The API's error code for an unknown path, which tells nothing about an export. */
    private static final String NO_SUCH_CALL = "ROUTE_NOT_FOUND";

    private final PollSource source;
    private final TimeSource time;
    private final PollReports reports = new PollReports();

    // Guarded by the tracker.
    private final ExportTracker tracker = new ExportTracker();
    private @Nullable PollRun current;
    private long runs;
    private boolean complete;
    private long lastSweep;
    private boolean changed;
    private long lastEnded;
    private @Nullable ExportSnapshot snapshot;

    /** Creates polls that run as their watchers want them. */
    public ListPoll(PollSource source, TimeSource time) {
        super(time);
        this.source = source;
        this.time = time;
    }

    /** Adds a watcher, and tells it what is known already; returns false if this poll is over. */
    boolean admit(Watcher<?> watcher) {
        synchronized (tracker) {
            if (!join(watcher)) {
                return false;
            }
            List<ExportRequest> known = tracker.known();
            long begun = runs;
            watcher.note(pending -> pending.admitted(known, begun));
            if (complete && isRecent(watcher.options().interval())) {
                // While a poll that brought a change is not complete, some of what is known is newer than the rest.
                ExportSnapshot last = changed ? snapshot : snapshot();
                if (last != null) {
                    watcher.note(pending -> pending.recent(last));
                }
            }
            return true;
        }
    }

    /** Whether the last completed poll began at most one interval before now, or before the one under way. */
    private boolean isRecent(Duration interval) {
        long now = current == null ? time.nanos() : current.start;
        return now - lastEnded <= interval.plus(MAX_JITTER).toNanos();
    }

    private ExportSnapshot snapshot() {
        ExportSnapshot known = snapshot;
        if (known == null) {
            known = ExportSnapshot.of(tracker.known());
            snapshot = known;
        }
        return known;
    }

    @Override
    Mono<Void> poll() {
        PollRun run;
        synchronized (tracker) {
            run = new PollRun(++runs, time.nanos(), time.instant(), maxAge());
            current = run;
            tracker.begin(isSweepDue(run.start), run.start);
        }
        return source.pages(run.maxAge, run::called)
                // Requests the next page only if this one was not enough.
                .concatMap(page -> accept(run, page).thenReturn(page), 0)
                .takeUntil(page -> hasEnough())
                .then(Mono.defer(() -> viewMissing(run)))
                .then(Mono.<Void>fromRunnable(() -> completed(run)))
                .onErrorResume(failure -> failed(run, failure));
    }

    /** Slightly less than the shortest interval, so that a poll does not get the page of the one before it. */
    private Duration maxAge() {
        Duration shortest = shortestWait();
        if (shortest == null) {
            return Duration.ZERO;
        }
        Duration tenth = shortest.dividedBy(10);
        return shortest.minus(tenth.compareTo(MAX_JITTER) < 0 ? tenth : MAX_JITTER);
    }

    private boolean isSweepDue(long now) {
        Duration shortest = null;
        for (Watcher<?> watcher : members()) {
            Duration every = watcher.options().fullSweepEvery();
            shortest = shortest == null || every.compareTo(shortest) < 0 ? every : shortest;
        }
        return !complete || (shortest != null && now - lastSweep >= shortest.toNanos());
    }

    private boolean hasEnough() {
        synchronized (tracker) {
            return isOver() || tracker.hasEnough();
        }
    }

    /** Takes a page, then views each straggler by a call of its own, if that costs less than the next pages. */
    private Mono<Void> accept(PollRun run, ExportPage page) {
        List<String> stragglers;
        synchronized (tracker) {
            if (run != current) {
                return Mono.empty();
            }
            run.pages++;
            run.wholeList = !page.hasMore();
            noteChanged(run, tracker.accept(page.exports()));
            stragglers = run.wholeList ? List.of() : tracker.toView();
        }
        members().forEach(Watcher::drain);
        return view(run, stragglers, (id, failure) -> notViewed(run, id, failure));
    }

    /** After a failure the remaining ones are left to the pages, too. */
    private boolean notViewed(PollRun run, String id, Throwable failure) {
        synchronized (tracker) {
            if (run == current) {
                tracker.notViewed(id, isRetriedByNextPoll(failure));
            }
        }
        return false;
    }

    private void noteChanged(PollRun run, List<ExportRequest> exports) {
        if (!exports.isEmpty()) {
            run.changes += exports.size();
            changed = true;
            members().forEach(watcher -> watcher.note(pending -> pending.changed(exports)));
        }
    }

    /** Views each export that a sweep missed by a call of its own, if that costs less than the next sweep. */
    private Mono<Void> viewMissing(PollRun run) {
        List<String> missing;
        synchronized (tracker) {
            missing = run == current && run.wholeList ? tracker.newlyMissing() : List.of();
            if (missing.isEmpty() || missing.size() >= run.pages) {
                return Mono.empty();
            }
        }
        return view(run, missing, (id, failure) -> notFound(run, id, failure));
    }

    private boolean notFound(PollRun run, String id, Throwable failure) {
        if (failure instanceof NotFoundException missing && !NO_SUCH_CALL.equals(missing.errorCode())) {
            synchronized (tracker) {
                if (run == current) {
                    tracker.notFound(id);
                }
            }
        }
        return true;
    }

    /** Views each of these by a call of its own. No failure fails the poll: {@code onFailure} returns whether to go on. */
    private Mono<Void> view(PollRun run, List<String> ids, BiPredicate<String, Throwable> onFailure) {
        return Flux.fromIterable(ids)
                .concatMap(
                        id -> source.view(id, run.maxAge, run::called)
                                .filter(export -> export.id().equals(id))
                                .switchIfEmpty(Mono.error(() -> new IllegalStateException("another export")))
                                .map(export -> viewed(run, export))
                                .onErrorResume(failure -> Mono.just(onFailure.test(id, failure))),
                        1)
                .takeWhile(goesOn -> goesOn)
                .then();
    }

    /** Returns false if nobody waits for it any more. */
    private boolean viewed(PollRun run, ExportRequest export) {
        synchronized (tracker) {
            if (run != current) {
                return false;
            }
            if (tracker.viewed(export)) {
                noteChanged(run, List.of(export));
            }
        }
        members().forEach(Watcher::drain);
        return !isOver();
    }

    private void completed(PollRun run) {
        PollResult result;
        synchronized (tracker) {
            if (run != current) {
                return;
            }
            List<ExportRequest> removed = tracker.end(run.wholeList);
            if (!removed.isEmpty()) {
                run.changes += removed.size();
                changed = true;
                members().forEach(watcher -> watcher.note(pending -> pending.removed(removed)));
            }
            ended(run);
            result = run.result(time.nanos(), null);
        }
        List<Watcher<?>> watchers = members();
        watchers.forEach(Watcher::drain);
        reports.report(watchers, result, false);
    }

    private void ended(PollRun run) {
        boolean isChange = changed;
        changed = false;
        snapshot = isChange ? null : snapshot;
        lastEnded = run.start;
        lastSweep = run.wholeList ? run.start : lastSweep;
        complete = true;
        current = null;
        members().forEach(watcher -> watcher.note(pending -> pending.pollEnded(run.number, isChange, this::snapshot)));
    }

    /** After a transient failure the next poll tries again, and asks the supplier for a key again, too. */
    private Mono<Void> failed(PollRun run, Throwable failure) {
        PollResult result;
        synchronized (tracker) {
            if (run != current) {
                return Mono.empty();
            }
            current = null;
            result = run.result(time.nanos(), failure);
        }
        boolean isFinal = !isRetriedByNextPoll(failure);
        List<Watcher<?>> watchers = members();
        reports.report(watchers, result, isFinal);
        if (isFinal) {
            watchers.forEach(watcher -> watcher.end(failure));
        }
        return Mono.empty();
    }

    private static boolean isRetriedByNextPoll(Throwable failure) {
        return failure instanceof BatchExportsException known
                && (known.isTransient() || known instanceof RestApiKeyException);
    }
}
