package io.github.batchexports.benchmarks.probe;

import java.util.Map;

/** Measures one contender. */
interface Probe {
    Map<String, Double> measure(Task task) throws InterruptedException;
}
