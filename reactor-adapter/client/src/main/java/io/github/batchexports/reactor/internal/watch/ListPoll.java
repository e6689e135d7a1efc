package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportPage;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.protocol.ExportTracker;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The polls of a project's list that its watchers share. A poll asks for the next page only when the ones before were not
 * enough, and tells the watchers of each page as it comes.
 */
public final class ListPoll extends SharedPoll<Watcher> {

    private final Flux<ExportPage> pages;
    private final TimeSource timing;

    // Guarded by the tracker.
    private final ExportTracker tracker = new ExportTracker();
    private boolean complete;
    private boolean wholeList;
    private long lastSweep;

    public ListPoll(Flux<ExportPage> pages, TimeSource timing) {
        super(timing);
        this.pages = pages;
        this.timing = timing;
    }

    /** Lets a watcher take part from here on, and tells it what is known already; false when this poll is over. */
    public boolean admit(Watcher watcher) {
        synchronized (tracker) {
            if (!join(watcher)) {
                return false;
            }
            watcher.note(tracker.known());
            if (complete) {
                watcher.initialEnded();
            }
            return true;
        }
    }

    @Override
    Mono<Void> poll() {
        return Mono.defer(() -> {
            long start = timing.nanos();
            synchronized (tracker) {
                wholeList = false;
                tracker.begin(isSweepDue(start));
            }
            return pages.limitRate(1)
                    .doOnNext(this::accept)
                    .takeUntil(page -> hasEnough())
                    .then(Mono.<Void>fromRunnable(() -> completed(start)))
                    .onErrorResume(this::failed);
        });
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

    private void accept(ExportPage page) {
        synchronized (tracker) {
            var changed = tracker.accept(page.exports());
            wholeList = !page.hasMore();
            members().forEach(watcher -> watcher.note(changed));
        }
        members().forEach(Watcher::drain);
    }

    private void completed(long start) {
        synchronized (tracker) {
            tracker.end(wholeList);
            complete = true;
            if (wholeList) {
                lastSweep = start;
                members().forEach(watcher -> watcher.keep(tracker.ids()));
            }
            members().forEach(Watcher::initialEnded);
        }
    }

    /** What may heal is left to the next poll. */
    private Mono<Void> failed(Throwable failure) {
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
