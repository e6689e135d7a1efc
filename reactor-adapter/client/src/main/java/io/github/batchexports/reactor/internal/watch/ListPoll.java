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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The polls of a project's list that its watchers share. A poll asks for the next page only when the ones before were not
 * enough, and tells the watchers of each page as it comes. A page of a poll that was given up, but was not cancelled in time,
 * is not looked at.
 */
public final class ListPoll extends SharedPoll<Watcher<?>> {

    private static final Duration MOST_JITTER = Duration.ofSeconds(1);

    /** What the API says of a path that it does not have, which says nothing of an export. */
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

    /** Polls that are made as their watchers want them. */
    public ListPoll(PollSource source, TimeSource time) {
        super(time);
        this.source = source;
        this.time = time;
    }

    /** Lets a watcher take part from here on, and tells it what is known already; false when this poll is over. */
    boolean admit(Watcher<?> watcher) {
        synchronized (tracker) {
            if (!join(watcher)) {
                return false;
            }
            List<ExportRequest> known = tracker.known();
            long begun = runs;
            watcher.note(pending -> pending.admitted(known, begun));
            if (complete && isRecent(watcher.options().interval())) {
                // After a change that no poll has come to its end with, some of what is known is newer than the rest.
                ExportSnapshot last = changed ? snapshot : snapshot();
                if (last != null) {
                    watcher.note(pending -> pending.recent(last));
                }
            }
            return true;
        }
    }

    /** Whether the last poll that came to its end is not older than one interval, or than the one under way by that. */
    private boolean isRecent(Duration interval) {
        long now = current == null ? time.nanos() : current.start;
        return now - lastEnded <= interval.plus(MOST_JITTER).toNanos();
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
            tracker.begin(isSweepDue(run.start));
        }
        return source.pages(run.maxAge, run::called)
                .limitRate(1)
                .doOnNext(page -> accept(run, page))
                .takeUntil(page -> hasEnough())
                .then(Mono.defer(() -> lookForMissing(run)))
                .then(Mono.<Void>fromRunnable(() -> completed(run)))
                .onErrorResume(failure -> failed(run, failure));
    }

    /** Less than the shortest interval by a little, so that a poll does not take the page of the one before it. */
    private Duration maxAge() {
        Duration shortest = shortestWait();
        if (shortest == null) {
            return Duration.ZERO;
        }
        Duration tenth = shortest.dividedBy(10);
        return shortest.minus(tenth.compareTo(MOST_JITTER) < 0 ? tenth : MOST_JITTER);
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

    private void accept(PollRun run, ExportPage page) {
        synchronized (tracker) {
            if (run != current) {
                return;
            }
            run.pages++;
            run.wholeList = !page.hasMore();
            noteChanged(run, tracker.accept(page.exports()));
        }
        members().forEach(Watcher::drain);
    }

    private void noteChanged(PollRun run, List<ExportRequest> exports) {
        if (!exports.isEmpty()) {
            run.changes += exports.size();
            changed = true;
            members().forEach(watcher -> watcher.note(pending -> pending.changed(exports)));
        }
    }

    /** Looks at each export that a sweep missed by a call of its own, where that costs less than the next sweep. */
    private Mono<Void> lookForMissing(PollRun run) {
        List<String> missing;
        synchronized (tracker) {
            missing = run == current && run.wholeList ? tracker.newlyMissing() : List.of();
            if (missing.isEmpty() || missing.size() >= run.pages) {
                return Mono.empty();
            }
        }
        return Flux.fromIterable(missing)
                .concatMap(
                        id -> source.view(id, run.maxAge, run::called)
                                .doOnNext(export -> viewed(run, id, export))
                                .then()
                                .onErrorResume(failure -> notViewed(run, id, failure)),
                        1)
                .then();
    }

    private void viewed(PollRun run, String id, ExportRequest export) {
        synchronized (tracker) {
            if (run == current && export.id().equals(id) && tracker.viewed(export)) {
                noteChanged(run, List.of(export));
            }
        }
        members().forEach(Watcher::drain);
    }

    private Mono<Void> notViewed(PollRun run, String id, Throwable failure) {
        if (failure instanceof NotFoundException missing && !NO_SUCH_CALL.equals(missing.errorCode())) {
            synchronized (tracker) {
                if (run == current) {
                    tracker.notFound(id);
                }
            }
        }
        return Mono.empty();
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

    /** A transient failure is left to the next poll, which asks for a key anew too. */
    private Mono<Void> failed(PollRun run, Throwable failure) {
        PollResult result;
        synchronized (tracker) {
            if (run != current) {
                return Mono.empty();
            }
            current = null;
            result = run.result(time.nanos(), failure);
        }
        boolean isFinal = !(failure instanceof BatchExportsException known
                && (known.isTransient() || known instanceof RestApiKeyException));
        List<Watcher<?>> watchers = members();
        reports.report(watchers, result, isFinal);
        if (isFinal) {
            watchers.forEach(watcher -> watcher.end(failure));
        }
        return Mono.empty();
    }
}
