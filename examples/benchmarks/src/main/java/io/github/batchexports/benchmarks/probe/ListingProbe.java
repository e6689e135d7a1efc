package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contender;
import io.github.batchexports.benchmarks.server.ServerCounts;
import java.util.Map;

/** Lists once. Gives {@code exports}, {@code millis}, {@code calls} and {@code refused}. */
final class ListingProbe implements Probe {

    @Override
    public Map<String, Double> measure(Task task) throws InterruptedException {
        try (Contender contender = task.contender().open(task.target())) {
            ServerCounts before = WarmUp.firstItem(contender, task);
            long start = System.nanoTime();
            long exports = Counter.drain(contender.list()) * contender.exportsPerItem();
            double millis = (System.nanoTime() - start) / 1e6;
            ServerCounts after = ServerCounts.now(task.target().baseUrl());
            return Map.of(
                    "exports",
                    (double) exports,
                    "millis",
                    millis,
                    "calls",
                    (double) after.calls() - before.calls(),
                    "refused",
                    (double) after.refused() - before.refused());
        }
    }
}
