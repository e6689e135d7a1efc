package io.github.batchexports.benchmarks.probe;

import java.util.Map;

/** What can be measured. Each takes the numbers, and gives the figures, that its class names. */
public enum Probes {
    /** Calls for an amount of demand. */
    DEMAND,
    /** Time, processor time and bytes an export. */
    THROUGHPUT,
    /** What subscribers cost that go no further than their first item. */
    STALLED,
    /** One listing from start to end. */
    LISTING,
    /** One listing whose consumer takes its time. */
    OVERLAP,
    /** Time and memory of listings of one length. */
    GROWTH;

    Map<String, Double> measure(Task task) throws InterruptedException {
        Probe probe =
                switch (this) {
                    case DEMAND -> new DemandProbe();
                    case THROUGHPUT -> new ThroughputProbe();
                    case STALLED -> new StalledProbe();
                    case LISTING -> new ListingProbe();
                    case OVERLAP -> new OverlapProbe();
                    case GROWTH -> new GrowthProbe();
                };
        return probe.measure(task);
    }
}
