package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.contender.Contenders;
import io.github.batchexports.benchmarks.contender.Target;
import io.github.batchexports.benchmarks.probe.ProbeProcess;
import io.github.batchexports.benchmarks.probe.Probes;
import io.github.batchexports.benchmarks.probe.Task;
import io.github.batchexports.benchmarks.report.Sample;
import io.github.batchexports.benchmarks.report.Table;
import io.github.batchexports.benchmarks.server.ServerOptions;
import io.github.batchexports.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.util.Map;

/** Whether the next page is fetched while the consumer is busy with the one before. */
final class Overlap implements Section {

    private static final int PAGES = 50;
    private static final int MILLIS_PER_PAGE = 20;
    private static final double NOMINAL_MILLIS = 2.0 * PAGES * MILLIS_PER_PAGE;

    @Override
    public Table run(Settings settings) throws IOException, InterruptedException {
        ServerOptions options = ServerOptions.of(PAGES, Settings.PAGE_SIZE).delayedBy(MILLIS_PER_PAGE);
        try (ServerProcess server = ServerProcess.start(options)) {
            Target target = Target.of(server.baseUrl(), Settings.PAGE_SIZE);
            Rounds<Contenders> rounds = Rounds.run(
                    settings.rounds(),
                    Peers.ALL,
                    contender -> ProbeProcess.run(
                            new Task(Probes.OVERLAP, contender, target, Map.of("millisPerPage", MILLIS_PER_PAGE))));
            Table table = new Table(
                    PAGES + " pages, 20 ms each at the server and 20 ms each behind publishOn: medians of "
                            + settings.rounds() + " rounds",
                    "",
                    "calls",
                    "ms",
                    "listing alone, ms",
                    "consuming alone, ms",
                    "time / sum of both",
                    "time / " + Sample.number(NOMINAL_MILLIS, 0) + " ms");
            for (Contenders contender : Peers.ALL) {
                Sample millis = rounds.sample(contender, "millis");
                Sample listing = rounds.sample(contender, "listing");
                Sample consuming = rounds.sample(contender, "consuming");
                table.add(
                        contender.title(),
                        rounds.sample(contender, "calls").text(0),
                        millis.text(0),
                        listing.text(0),
                        consuming.text(0),
                        Sample.number(millis.median() / (listing.median() + consuming.median()), 2),
                        Sample.number(millis.median() / NOMINAL_MILLIS, 2));
            }
            return table;
        }
    }
}
