package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contender;
import io.github.batchexports.benchmarks.server.ServerCounts;
import reactor.core.publisher.Flux;

/** A first item, so that classes are loaded and a connection stands before anything is counted. */
final class WarmUp {

    private WarmUp() {}

    /** Takes the first item and waits until no call comes of it any more; the counts from which to count on. */
    static ServerCounts firstItem(Contender contender, Task task) throws InterruptedException {
        Flux.from(contender.list()).take(1).blockLast();
        return ServerCounts.whenQuiet(task.target().baseUrl());
    }
}
