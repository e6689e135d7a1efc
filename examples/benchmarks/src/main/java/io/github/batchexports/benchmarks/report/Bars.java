package io.github.batchexports.benchmarks.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One figure of each contender, for a chart: ours comes first, and stands out. */
public final class Bars {

    private final String title;
    private final Map<String, Double> values = new LinkedHashMap<>();

    /** Starts without bars; the title says what is counted, in which unit. */
    public Bars(String title) {
        this.title = title;
    }

    /** Adds a bar below those before. */
    public void add(String contender, double value) {
        values.put(contender, value);
    }

    String title() {
        return title;
    }

    Map<String, Double> values() {
        return Collections.unmodifiableMap(values);
    }
}
