package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.report.Bars;
import io.github.batchexports.benchmarks.report.Chart;
import io.github.batchexports.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code side-by-side}: the client beside its peers, against a server in a process of its own on this machine. */
@Command(
        name = "side-by-side",
        mixinStandardHelpOptions = true,
        description = "Measures the client beside what users would pick instead.")
public final class SideBySide implements Callable<Integer> {

    @Parameters(paramLabel = "SECTION", description = "Of ${COMPLETION-CANDIDATES}; by default all.")
    private List<Sections> sections = List.of(Sections.values());

    @Option(names = "--rounds", paramLabel = "N", description = "Fresh JVMs for each contender; by default 5.")
    private int rounds = 5;

    @Option(
            names = "--exports",
            paramLabel = "N",
            description = "Exports in a listing of throughput; by default 100000.")
    private int exports = 100_000;

    @Option(
            names = "--warmups",
            paramLabel = "N",
            description = "Listings of throughput to warm up; by default 30, after which little is left to compile.")
    private int warmups = 30;

    @Option(names = "--passes", paramLabel = "N", description = "Listings of throughput measured; by default 10.")
    private int passes = 10;

    @Option(names = "--markdown", description = "Prints the tables as Markdown.")
    private boolean markdown;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "Draws throughput, demand and rate, where they are measured, into this PNG file.")
    private @Nullable Path chart;

    @Spec
    private @Nullable CommandSpec command;

    /** Made by the command line. */
    public SideBySide() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkChart();
        Settings settings = new Settings(rounds, exports, warmups, passes);
        List<Bars> charts = new ArrayList<>();
        for (Sections section : sections) {
            System.err.println(section);
            Table table = section.open().run(settings);
            System.out.println(table.toText(markdown));
            charts.addAll(table.charts());
        }
        if (chart != null) {
            Chart.write(chart, charts);
        }
        return 0;
    }

    /** Before anything is measured, since that takes long. */
    private void checkChart() {
        if (chart == null) {
            return;
        }
        CommandLine line = Objects.requireNonNull(command).commandLine();
        if (sections.stream().noneMatch(Sections.CHARTED::contains)) {
            throw new ParameterException(line, "--chart draws " + Sections.CHARTED + ", none of which is measured");
        }
        if (!Files.isDirectory(Objects.requireNonNull(chart.toAbsolutePath().getParent()))) {
            throw new ParameterException(line, "--chart: there is no directory for " + chart);
        }
    }
}
