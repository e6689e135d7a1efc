package io.github.batchexports.benchmarks.decoder;

import io.github.batchexports.benchmarks.data.Pages;
import io.github.batchexports.benchmarks.data.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads pages of 100 exports, one after the other, of sixteen that differ. An operation is one export. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DecoderBenchmark {

    static final int PAGE_SIZE = 100;

    private static final int PAGES = 16;

    /** Who reads. */
    @Param({"OURS", "JACKSON_2", "JACKSON_3", "JACKSON_2_KEEPING", "JACKSON_3_KEEPING"})
    String reader = PageReaders.OURS.name();

    /** What is read. */
    @Param({"SOURCE", "FILES", "ATTRIBUTES", "UNKNOWN", "NONASCII", "ESCAPED"})
    String shape = Shape.SOURCE.name();

    private @Nullable PageReader opened;
    private byte[][] pages = {};
    private int next;

    /** Makes the pages. */
    @Setup
    public void makePages() {
        opened = PageReaders.valueOf(reader).open();
        pages = Pages.whole(Shape.valueOf(shape), PAGES, PAGE_SIZE).toArray(byte[][]::new);
    }

    /** Reads the next page. */
    @Benchmark
    @OperationsPerInvocation(PAGE_SIZE)
    public List<?> read() throws IOException {
        next = (next + 1) % PAGES;
        return Objects.requireNonNull(opened).exports(pages[next]);
    }
}
