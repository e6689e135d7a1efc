package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.contender.Contenders;
import io.github.batchexports.benchmarks.contender.Target;
import io.github.batchexports.benchmarks.probe.ProbeProcess;
import io.github.batchexports.benchmarks.probe.Probes;
import io.github.batchexports.benchmarks.probe.Task;
import io.github.batchexports.benchmarks.report.Bars;
import io.github.batchexports.benchmarks.report.Sample;
import io.github.batchexports.benchmarks.report.Table;
import io.github.batchexports.benchmarks.server.ServerOptions;
import io.github.batchexports.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many calls {@code request(n)} costs. */
final class Demand implements Section {

    private static final int PAGES = 1_000;
    private static final int PAGE_SIZE = 10;
    private static final List<Integer> DEMANDS = List.of(0, 1, 10, 11, 25);
    private static final int CHARTED = 11;

    @Override
    public Table run(Settings settings) throws IOException, InterruptedException {
        Table table = new Table(
                "Calls for request(n), pages of 10, 1,000 pages", "", "n = 0", "n = 1", "n = 10", "n = 11", "n = 25");
        Bars bars = new Bars("Calls for request(" + CHARTED + "), pages of " + PAGE_SIZE);
        try (ServerProcess server = ServerProcess.start(ServerOptions.of(PAGES, PAGE_SIZE))) {
            for (Contenders contender : Peers.ALL) {
                List<String> cells = new ArrayList<>(List.of(contender.title()));
                for (int demand : DEMANDS) {
                    Target target = Target.of(server.baseUrl(), PAGE_SIZE);
                    Task task = new Task(Probes.DEMAND, contender, target, Map.of("demand", demand));
                    double calls = Figures.of(ProbeProcess.run(task), "calls");
                    cells.add(Sample.number(calls, 0));
                    if (demand == CHARTED) {
                        bars.add(contender.title(), calls);
                    }
                }
                table.add(cells.toArray(String[]::new));
            }
        }
        table.chart(bars);
        return table;
    }
}
