package io.github.batchexports.benchmarks.contender;

import org.reactivestreams.Publisher;

/** A client of the API that lists exports, begun anew for each subscriber. */
public interface Contender extends AutoCloseable {

    /** All exports, each as its own item where {@link #exportsPerItem()} is 1. */
    Publisher<?> list();

    /** How many exports an item stands for: more than one where they are not read. */
    default int exportsPerItem() {
        return 1;
    }

    @Override
    default void close() {}
}
