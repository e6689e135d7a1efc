package io.github.batchexports.benchmarks.sidebyside;

/** What can be asked for on the command line. */
enum Sections {
    DEMAND,
    THROUGHPUT,
    STALLED,
    RATE,
    OVERLAP,
    HEAP,
    FIRST,
    GROWTH;

    Section open() {
        return switch (this) {
            case DEMAND -> new Demand();
            case THROUGHPUT -> new Throughput();
            case STALLED -> new Stalled();
            case RATE -> new Rate();
            case OVERLAP -> new Overlap();
            case HEAP -> new SmallHeap();
            case FIRST -> new First();
            case GROWTH -> new Growth();
        };
    }
}
