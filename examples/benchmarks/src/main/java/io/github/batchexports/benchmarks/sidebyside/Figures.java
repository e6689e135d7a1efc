package io.github.batchexports.benchmarks.sidebyside;

import java.util.Map;

/** Figures of one measurement, by their names. */
final class Figures {

    private Figures() {}

    static double of(Map<String, Double> figures, String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure " + name + " in " + figures);
        }
        return value;
    }
}
