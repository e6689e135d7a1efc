package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contender;
import io.github.batchexports.benchmarks.server.ServerCounts;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Wants {@code millisPerPage}: so long the consumer, on a thread of its own, takes for the first item of each page's worth.
 * Gives {@code exports}, {@code millis} and {@code calls}.
 */
final class OverlapProbe implements Probe {

    private static final int LISTINGS_BEFORE = 10;

    @Override
    public Map<String, Double> measure(Task task) throws InterruptedException {
        Scheduler consumer = Schedulers.newSingle("consumer", true);
        try (Contender contender = task.contender().open(task.target())) {
            // Cold code takes as long as the pages do, and would be all that is seen of one listing.
            for (int i = 0; i < LISTINGS_BEFORE; i++) {
                Counter.drain(contender.list());
            }
            ServerCounts before = ServerCounts.whenQuiet(task.target().baseUrl());
            long start = System.nanoTime();
            long exports = Counter.drain(Flux.from(contender.list())
                    .publishOn(consumer)
                    .index()
                    .doOnNext(item -> consume(item.getT1(), task)));
            double millis = (System.nanoTime() - start) / 1e6;
            ServerCounts after = ServerCounts.whenQuiet(task.target().baseUrl());
            return Map.of(
                    "exports", (double) exports, "millis", millis, "calls", (double) after.calls() - before.calls());
        } finally {
            consumer.dispose();
        }
    }

    private static void consume(long index, Task task) {
        if (index % task.target().pageSize() == 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(task.number("millisPerPage"));
            } catch (InterruptedException e) {
                throw new IllegalStateException("the consumer was interrupted", e);
            }
        }
    }
}
