package io.github.batchexports.benchmarks.sidebyside;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can be asked for on the command line. */
enum Sections {
    THROUGHPUT,
    DEMAND,
    STALLED,
    RATE,
    OVERLAP,
    FIRST,
    HEAP,
    GROWTH;

    /** Those with something for a chart. */
    static final Set<Sections> CHARTED = Collections.unmodifiableSet(EnumSet.of(THROUGHPUT, DEMAND, RATE));

    Section open() {
        return switch (this) {
            case THROUGHPUT -> new Throughput();
            case DEMAND -> new Demand();
            case STALLED -> new Stalled();
            case RATE -> new Rate();
            case OVERLAP -> new Overlap();
            case FIRST -> new First();
            case HEAP -> new SmallHeap();
            case GROWTH -> new Growth();
        };
    }
}
