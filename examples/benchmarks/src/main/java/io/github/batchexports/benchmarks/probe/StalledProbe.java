package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contender;
import io.github.batchexports.benchmarks.server.ServerCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Wants {@code subscribers}, who ask for one item each. Gives {@code calls} and {@code kib}: heap kept for each of them. */
final class StalledProbe implements Probe {

    @Override
    public Map<String, Double> measure(Task task) throws InterruptedException {
        int subscribers = task.number("subscribers");
        try (Contender contender = task.contender().open(task.target())) {
            ServerCounts before = WarmUp.firstItem(contender, task);
            long usedBefore = Heap.usedAfterCollection();
            List<Counter> stalled = new ArrayList<>();
            for (int i = 0; i < subscribers; i++) {
                stalled.add(Counter.subscribe(contender.list(), 1));
            }
            ServerCounts after = ServerCounts.whenQuiet(task.target().baseUrl());
            double kept = (Heap.usedAfterCollection() - usedBefore) / 1024.0 / subscribers;
            double items = stalled.stream().mapToLong(Counter::items).sum();
            stalled.forEach(Counter::cancel);
            return Map.of("calls", (double) after.calls() - before.calls(), "kib", kept, "items", items);
        }
    }
}
