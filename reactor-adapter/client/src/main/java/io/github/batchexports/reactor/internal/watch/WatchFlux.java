package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.WatchOptions;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * A watch, which starts anew for each subscriber, over polls that all watchers of a project share.
 *
 * @param <T> what it emits
 */
public final class WatchFlux<T> extends Flux<T> {

    private final WatchOptions options;
    private final Supplier<ListPoll> polls;
    private final Function<WatchOptions, Pending<T>> pending;

    private WatchFlux(WatchOptions options, Supplier<ListPoll> polls, Function<WatchOptions, Pending<T>> pending) {
        this.options = options;
        this.polls = polls;
        this.pending = pending;
    }

    /**
     * A watch of changes.
     *
     * @param polls gives the polls under way, or new ones if those are over
     */
    public static Flux<ExportChange> changes(WatchOptions options, Supplier<ListPoll> polls) {
        return new WatchFlux<>(options, polls, PendingChanges::new);
    }

    /** A watch of snapshots. */
    public static Flux<ExportSnapshot> snapshots(WatchOptions options, Supplier<ListPoll> polls) {
        return new WatchFlux<>(options, polls, each -> new PendingSnapshot(each.filter()));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
        ListPoll poll;
        Watcher<T> watcher;
        do {
            poll = polls.get();
            watcher = new Watcher<>(subscriber, options, pending.apply(options), poll);
        } while (!poll.admit(watcher));
        watcher.start();
    }
}
