package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportPage;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.protocol.ExportTracker;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The polls of a project's list that its watchers share. A poll asks for the next page only when the ones before were not
 * enough, and tells the watchers of each page as it comes.
 */
public final class ListPoll extends SharedPoll<Watcher> {

    /** One poll. A page of one that was given up, but was not cancelled in time, is not looked at. */
    private static final class Run {

        final long number;
        final long start;
        boolean wholeList;

        Run(long number, long start) {
            this.number = number;
            this.start = start;
        }
    }

    private static final Duration MOST_JITTER = Duration.ofSeconds(1);

    private final Function<Duration, Flux<ExportPage>> pages;
    private final TimeSource time;

    // Guarded by the tracker.
    private final ExportTracker tracker = new ExportTracker();
    private @Nullable Run current;
    private long runs;
    private boolean complete;
    private long lastSweep;

    /**
     * Polls that are made as their watchers want them.
     *
     * @param pages the list's pages from the first on, given how old a page may be that another process fetched
     */
    public ListPoll(Function<Duration, Flux<ExportPage>> pages, TimeSource time) {
        super(time);
        this.pages = pages;
        this.time = time;
    }

    /** Lets a watcher take part from here on, and tells it what is known already; false when this poll is over. */
    boolean admit(Watcher watcher) {
        synchronized (tracker) {
            if (!join(watcher)) {
                return false;
            }
            watcher.admitted(tracker.known(), runs);
            return true;
        }
    }

    @Override
    Mono<Void> poll() {
        Run run;
        synchronized (tracker) {
            run = new Run(++runs, time.nanos());
            current = run;
            tracker.begin(isSweepDue(run.start));
        }
        return pages.apply(maxAge())
                .limitRate(1)
                .doOnNext(page -> accept(run, page))
                .takeUntil(page -> hasEnough())
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
        for (Watcher watcher : members()) {
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

    private void accept(Run run, ExportPage page) {
        List<Watcher> watchers;
        synchronized (tracker) {
            if (run != current) {
                return;
            }
            var changed = tracker.accept(page.exports());
            run.wholeList = !page.hasMore();
            watchers = members();
            watchers.forEach(watcher -> watcher.note(changed));
        }
        watchers.forEach(Watcher::drain);
    }

    private void completed(Run run) {
        synchronized (tracker) {
            if (run != current) {
                return;
            }
            tracker.end(run.wholeList);
            complete = true;
            if (run.wholeList) {
                lastSweep = run.start;
                members().forEach(watcher -> watcher.keep(tracker.ids()));
            }
            members().forEach(watcher -> watcher.pollEnded(run.number));
        }
    }

    /** A transient failure is left to the next poll. */
    private Mono<Void> failed(Run run, Throwable failure) {
        synchronized (tracker) {
            if (run != current) {
                return Mono.empty();
            }
        }
        boolean isTransient = failure instanceof BatchExportsException known && known.isTransient();
        members().forEach(watcher -> {
            if (isTransient) {
                watcher.pollFailed((BatchExportsException) failure);
            } else {
                watcher.end(failure);
            }
        });
        return Mono.empty();
    }
}
