package io.github.batchexports.benchmarks.decoder;

import io.github.batchexports.benchmarks.data.Shape;
import io.github.batchexports.benchmarks.report.Sample;
import io.github.batchexports.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code decoder}: time and bytes allocated an export, of every reader on every shape of page. */
@Command(
        name = "decoder",
        mixinStandardHelpOptions = true,
        description = "Measures the decoder beside databind, by JMH.")
public final class DecoderCommand implements Callable<Integer> {

    @Option(
            names = "--shapes",
            split = ",",
            paramLabel = "S",
            description = "Of ${COMPLETION-CANDIDATES}; by default all.")
    private List<Shape> shapes = List.of(Shape.values());

    @Option(
            names = "--readers",
            split = ",",
            paramLabel = "R",
            description = "Of ${COMPLETION-CANDIDATES}; by default all.")
    private List<PageReaders> readers = List.of(PageReaders.values());

    @Option(names = "--forks", paramLabel = "N", description = "JVMs for each figure; by default 3.")
    private int forks = 3;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Of one second, and as many to warm up; by default 5.")
    private int iterations = 5;

    @Option(names = "--markdown", description = "Prints the table as Markdown.")
    private boolean markdown;

    /** Made by the command line. */
    public DecoderCommand() {}

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(DecoderBenchmark.class.getName())
                .param("shape", shapes.stream().map(Shape::name).toArray(String[]::new))
                .param("reader", readers.stream().map(PageReaders::name).toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms1g", "-Xmx1g")
                .forks(forks)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1));
        System.out.println(table(new Runner(options.build()).run()).toText(markdown));
        return 0;
    }

    private Table table(Collection<RunResult> results) {
        Table table = new Table(
                "Reading a page of 100 exports: an export",
                "shape",
                "reader",
                "ns",
                "± ns",
                "bytes",
                "ours / it: ns",
                "bytes");
        for (Shape shape : shapes) {
            RunResult ours = result(results, shape, PageReaders.OURS);
            for (PageReaders reader : readers) {
                RunResult result = result(results, shape, reader);
                if (result != null) {
                    table.add(row(shape, reader, result, ours));
                }
            }
        }
        return table;
    }

    private static String[] row(Shape shape, PageReaders reader, RunResult result, @Nullable RunResult ours) {
        List<String> cells = new ArrayList<>(List.of(
                shape.name().toLowerCase(Locale.ROOT),
                reader.title(),
                Sample.number(nanos(result), 0),
                Sample.number(result.getPrimaryResult().getScoreError(), 0),
                Sample.number(bytes(result), 0)));
        cells.add(ours == null ? "-" : Sample.number(nanos(ours) / nanos(result), 2));
        cells.add(ours == null ? "-" : Sample.number(bytes(ours) / bytes(result), 2));
        return cells.toArray(String[]::new);
    }

    private static @Nullable RunResult result(Collection<RunResult> results, Shape shape, PageReaders reader) {
        return results.stream()
                .filter(result -> result.getParams().getParam("shape").equals(shape.name())
                        && result.getParams().getParam("reader").equals(reader.name()))
                .findFirst()
                .orElse(null);
    }

    private static double nanos(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double bytes(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore();
    }
}
