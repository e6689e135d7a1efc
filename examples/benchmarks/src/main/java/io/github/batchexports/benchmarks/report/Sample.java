package io.github.batchexports.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** One figure measured in several rounds. */
public final class Sample {

    private final double[] sorted;

    /** Takes what was measured, in any order; at least one. */
    public Sample(Collection<Double> values) {
        this.sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** The middle one; between the two in the middle when they are even. */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** From the least to the greatest. */
    public String spread(int decimals) {
        return number(sorted[0], decimals) + " to " + number(sorted[sorted.length - 1], decimals);
    }

    /** The median as text. */
    public String text(int decimals) {
        return number(median(), decimals);
    }

    /** This median as a part of another, such as 0.42. */
    public String ratioTo(Sample other) {
        return other.median() == 0 ? "-" : number(median() / other.median(), 2);
    }

    /** A figure as text, with thousands apart. */
    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
