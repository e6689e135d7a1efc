package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.contender.Contenders;
import io.github.batchexports.benchmarks.contender.Target;
import io.github.batchexports.benchmarks.probe.ProbeProcess;
import io.github.batchexports.benchmarks.probe.Probes;
import io.github.batchexports.benchmarks.probe.Task;
import io.github.batchexports.benchmarks.report.Table;
import io.github.batchexports.benchmarks.server.ServerOptions;
import io.github.batchexports.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.util.Map;

/** What twenty subscribers cost that asked for one item and no more. */
final class Stalled implements Section {

    private static final int PAGES = 1_000;
    private static final int SUBSCRIBERS = 20;

    @Override
    public Table run(Settings settings) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(ServerOptions.of(PAGES, Settings.PAGE_SIZE))) {
            Target target = Target.of(server.baseUrl(), Settings.PAGE_SIZE);
            Rounds<Contenders> rounds = Rounds.run(
                    settings.rounds(),
                    Peers.ALL,
                    contender -> ProbeProcess.run(
                            new Task(Probes.STALLED, contender, target, Map.of("subscribers", SUBSCRIBERS)), "-Xmx4g"));
            Table table = new Table(
                    "Twenty subscribers stalled on their first item, pages of 100, 1,000 pages: medians of "
                            + settings.rounds() + " rounds",
                    "",
                    "calls",
                    "KiB kept each",
                    "ours / it: KiB");
            for (Contenders contender : Peers.ALL) {
                table.add(
                        contender.title(),
                        rounds.sample(contender, "calls").text(0),
                        rounds.sample(contender, "kib").text(0),
                        rounds.sample(Contenders.OURS, "kib").ratioTo(rounds.sample(contender, "kib")));
            }
            return table;
        }
    }
}
