package io.github.batchexports.benchmarks.probe;

import io.github.batchexports.benchmarks.process.ChildJvm;
import io.github.batchexports.benchmarks.process.ChildJvm.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A task carried out in a fresh JVM, so that contenders share neither compiled code nor heap. */
public final class ProbeProcess {

    private static final String FIGURE = "figure ";
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private ProbeProcess() {}

    /** The figures of a task, from a JVM with such flags. */
    public static Map<String, Double> run(Task task, String... flags) throws IOException, InterruptedException {
        Ending ending = end(task, LONGEST, flags);
        if (!ending.inTime() || ending.code() != 0) {
            throw new IOException(task + " ended with code " + ending.code() + ": " + ending.errors());
        }
        return figures(ending);
    }

    /** How a task ends, which may be badly. */
    public static Ending end(Task task, Duration atMost, String... flags) throws IOException, InterruptedException {
        try (ChildJvm child = ChildJvm.start(List.of(flags), ProbeProcess.class, task.toArguments())) {
            return child.waitForEnd(atMost);
        }
    }

    /** What a task said at its end. */
    public static Map<String, Double> figures(Ending ending) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : ending.lines()) {
            if (line.startsWith(FIGURE)) {
                String[] parts = line.substring(FIGURE.length()).split(" ", 2);
                figures.put(parts[0], Double.valueOf(parts[1]));
            }
        }
        return figures;
    }

    /** The program of the child. */
    public static void main(String[] arguments) throws InterruptedException {
        Task task = Task.ofArguments(arguments);
        task.probe().measure(task).forEach((name, value) -> System.out.println(FIGURE + name + " " + value));
        System.exit(0);
    }
}
