package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contender;
import io.github.batchexports.benchmarks.server.ServerCounts;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Wants {@code millisPerPage}: so long the consumer, on a thread of its own, takes for the first item of each page's worth.
 * Gives {@code exports}, {@code millis} and {@code calls}, and what each of the two takes alone: {@code listing} and
 * {@code consuming}, in milliseconds.
 */
final class OverlapProbe implements Probe {

    private static final int LISTINGS_BEFORE = 10;

    @Override
    public Map<String, Double> measure(Task task) throws InterruptedException {
        Scheduler consumer = Schedulers.newSingle("consumer", true);
        try (Contender contender = task.contender().open(task.target())) {
            // Cold code takes as long as the pages do, and would be all that is seen of one listing.
            double listing = 0;
            for (int i = 0; i < LISTINGS_BEFORE; i++) {
                long start = System.nanoTime();
                Counter.drain(contender.list());
                listing = millisSince(start);
            }
            ServerCounts before = ServerCounts.whenQuiet(task.target().baseUrl());
            AtomicLong consuming = new AtomicLong();
            long start = System.nanoTime();
            long exports = Counter.drain(Flux.from(contender.list())
                    .publishOn(consumer)
                    .index()
                    .doOnNext(item -> consuming.addAndGet(consume(item.getT1(), task))));
            double millis = millisSince(start);
            ServerCounts after = ServerCounts.whenQuiet(task.target().baseUrl());
            return Map.of(
                    "exports",
                    (double) exports,
                    "millis",
                    millis,
                    "listing",
                    listing,
                    "consuming",
                    consuming.get() / 1e6,
                    "calls",
                    (double) after.calls() - before.calls());
        } finally {
            consumer.dispose();
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /** How long it took, in nanoseconds. */
    private static long consume(long index, Task task) {
        if (index % task.target().pageSize() != 0) {
            return 0;
        }
        long start = System.nanoTime();
        try {
            TimeUnit.MILLISECONDS.sleep(task.number("millisPerPage"));
        } catch (InterruptedException e) {
            throw new IllegalStateException("the consumer was interrupted", e);
        }
        return System.nanoTime() - start;
    }
}
