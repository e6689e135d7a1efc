package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.report.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of several contenders, measured in rounds that each begin with another one, so that what the machine does
 * meanwhile falls on all alike.
 */
final class Rounds<C> {

    /** Measures one contender once. */
    @FunctionalInterface
    interface Measurement<C> {
        Map<String, Double> of(C contender) throws IOException, InterruptedException;
    }

    private final Map<C, Map<String, List<Double>>> figures = new LinkedHashMap<>();

    private Rounds(List<C> contenders) {
        contenders.forEach(contender -> figures.put(contender, new LinkedHashMap<>()));
    }

    static <C> Rounds<C> run(int rounds, List<C> contenders, Measurement<C> measurement)
            throws IOException, InterruptedException {
        Rounds<C> results = new Rounds<>(contenders);
        for (int round = 0; round < rounds; round++) {
            List<C> order = new ArrayList<>(contenders);
            Collections.rotate(order, -round);
            for (C contender : order) {
                System.err.println("round " + (round + 1) + " of " + rounds + ": " + contender);
                results.add(contender, measurement.of(contender));
            }
        }
        return results;
    }

    private void add(C contender, Map<String, Double> measured) {
        Map<String, List<Double>> own = figures.get(contender);
        if (own == null) {
            throw new IllegalArgumentException("not a contender: " + contender);
        }
        measured.forEach((name, value) ->
                own.computeIfAbsent(name, any -> new ArrayList<>()).add(value));
    }

    Sample sample(C contender, String figure) {
        return new Sample(figures.getOrDefault(contender, Map.of()).getOrDefault(figure, List.of()));
    }
}
