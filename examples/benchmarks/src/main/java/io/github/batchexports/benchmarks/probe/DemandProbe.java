package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contender;
import io.github.batchexports.benchmarks.server.ServerCounts;
import java.util.Map;

/** Wants {@code demand}: asks for so many items once. Gives {@code calls} and {@code items}. */
final class DemandProbe implements Probe {

    @Override
    public Map<String, Double> measure(Task task) throws InterruptedException {
        try (Contender contender = task.contender().open(task.target())) {
            ServerCounts before = WarmUp.firstItem(contender, task);
            Counter counter = Counter.subscribe(contender.list(), task.number("demand"));
            ServerCounts after = ServerCounts.whenQuiet(task.target().baseUrl());
            double items = counter.items();
            counter.cancel();
            return Map.of("calls", (double) after.calls() - before.calls(), "items", items);
        }
    }
}
