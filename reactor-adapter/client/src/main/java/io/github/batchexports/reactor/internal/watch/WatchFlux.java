package io.github.batchexports.reactor.internal.watch;

import io.github.batchexports.ExportChange;
import io.github.batchexports.WatchOptions;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A watch, begun anew for each subscriber, over polls that all watchers of a project share. */
public final class WatchFlux extends Flux<ExportChange> {

    private final WatchOptions options;
    private final Supplier<ListPoll> polls;

    /**
     * A watch.
     *
     * @param polls the polls under way, or new ones when those are over
     */
    public WatchFlux(WatchOptions options, Supplier<ListPoll> polls) {
        this.options = options;
        this.polls = polls;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ExportChange> subscriber) {
        ListPoll poll;
        Watcher watcher;
        do {
            poll = polls.get();
            watcher = new Watcher(subscriber, options, poll);
        } while (!poll.admit(watcher));
        watcher.start();
    }
}
