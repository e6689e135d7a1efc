package io.github.batchexports.benchmarks.sidebyside;

/**
 * How long to measure.
 *
 * @param rounds in each of which every contender runs in a fresh JVM, in another order than in the round before
 * @param exports a listing has, a multiple of a hundred; for throughput
 * @param warmups listings in each JVM before those that are measured; for throughput
 * @param passes listings that are measured in each JVM; for throughput
 */
record Settings(int rounds, int exports, int warmups, int passes) {

    static final int PAGE_SIZE = 100;

    int pages() {
        return exports / PAGE_SIZE;
    }
}
