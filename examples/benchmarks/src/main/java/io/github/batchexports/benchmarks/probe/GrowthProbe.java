package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contender;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/**
 * Wants {@code exports}, how many a listing has, and {@code total}, how many to list in all to warm up, and again to
 * measure. Gives {@code nanos}, an export; {@code peak}, the most heap used, garbage included; {@code live}, what is
 * reachable when nine tenths of one listing are delivered. Both in bytes.
 */
final class GrowthProbe implements Probe {

    @Override
    public Map<String, Double> measure(Task task) throws InterruptedException {
        long exports = task.number("exports");
        long listings = Math.max(1, task.number("total") / exports);
        try (Contender contender = task.contender().open(task.target())) {
            list(contender, listings);
            Heap.usedAfterCollection();
            Heap.resetPeak();
            long start = System.nanoTime();
            list(contender, listings);
            double nanos = (System.nanoTime() - start) / (double) (listings * exports);
            double peak = Heap.peak();
            return Map.of("nanos", nanos, "peak", peak, "live", (double) live(contender, exports));
        }
    }

    private static void list(Contender contender, long listings) throws InterruptedException {
        for (long i = 0; i < listings; i++) {
            Counter.drain(contender.list());
        }
    }

    private static long live(Contender contender, long exports) throws InterruptedException {
        AtomicLong live = new AtomicLong();
        Counter.drain(Flux.from(contender.list()).index().doOnNext(item -> {
            if (item.getT1() == exports * 9 / 10) {
                live.set(Heap.usedAfterCollection());
            }
        }));
        return live.get();
    }
}
