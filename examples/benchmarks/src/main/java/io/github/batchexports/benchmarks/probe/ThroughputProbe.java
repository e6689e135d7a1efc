package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.contender.Contender;
import java.util.Map;

/**
 * Wants {@code exports}, how many a listing has, and {@code warmups} and {@code passes}, how many listings are not, and are
 * measured. Gives {@code wall} and {@code cpu}, in nanoseconds, and {@code bytes}, each an export.
 */
final class ThroughputProbe implements Probe {

    @Override
    public Map<String, Double> measure(Task task) throws InterruptedException {
        try (Contender contender = task.contender().open(task.target())) {
            list(contender, task, task.number("warmups"));
            System.gc();
            Usage start = Usage.now();
            list(contender, task, task.number("passes"));
            Usage used = Usage.now().since(start);
            double exports = (double) task.number("exports") * task.number("passes");
            return Map.of(
                    "wall", used.wallNanos() / exports,
                    "cpu", used.cpuNanos() / exports,
                    "bytes", used.bytes() / exports);
        }
    }

    private static void list(Contender contender, Task task, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            long exports = Counter.drain(contender.list()) * contender.exportsPerItem();
            if (exports != task.number("exports")) {
                throw new IllegalStateException(task.contender() + " listed " + exports + " exports");
            }
        }
    }
}
