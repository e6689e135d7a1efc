package io.github.batchexports.benchmarks.sidebyside;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    /** Made by the command line. */
    public SideBySide() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = new Settings(rounds, exports, warmups, passes);
        for (Sections section : sections) {
            System.err.println(section);
            System.out.println(section.open().run(settings).toText(markdown));
        }
        return 0;
    }
}
