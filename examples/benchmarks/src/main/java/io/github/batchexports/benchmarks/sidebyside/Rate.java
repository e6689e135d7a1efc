package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.contender.Contenders;
import io.github.batchexports.benchmarks.contender.Pacing;
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

/** How near each comes to a rate that the server enforces strictly, and what it is refused on the way. */
final class Rate implements Section {

    private static final int PAGES = 60;
    private static final int PER_SECOND = 20;
    private static final int ANSWER_MILLIS = 20;
    private static final double IDEAL_MILLIS = (PAGES - 1) * 1_000.0 / PER_SECOND;

    private record Paced(Contenders contender, Pacing pacing) {

        String title() {
            return switch (pacing) {
                case NONE -> contender.title() + ", requestsPerSecond(" + PER_SECOND + ")";
                case BACKOFF -> contender.title() + ", Retry.backoff on 429";
                case DELAY -> contender.title() + ", pages delayed by 1/rate";
            };
        }
    }

    @Override
    public Table run(Settings settings) throws IOException, InterruptedException {
        List<Paced> contenders = new ArrayList<>(List.of(new Paced(Contenders.OURS, Pacing.NONE)));
        for (Contenders peer : List.of(Contenders.WEBCLIENT, Contenders.AZURE, Contenders.AWS_ITEMS)) {
            contenders.add(new Paced(peer, Pacing.DELAY));
            contenders.add(new Paced(peer, Pacing.BACKOFF));
        }
        ServerOptions options = ServerOptions.of(PAGES, Settings.PAGE_SIZE)
                .delayedBy(ANSWER_MILLIS)
                .limitedTo(PER_SECOND);
        try (ServerProcess server = ServerProcess.start(options)) {
            Rounds<Paced> rounds = Rounds.run(settings.rounds(), contenders, paced -> measure(server, paced));
            return table(settings, contenders, rounds);
        }
    }

    private static Map<String, Double> measure(ServerProcess server, Paced paced)
            throws IOException, InterruptedException {
        Target target = new Target(server.baseUrl(), Settings.PAGE_SIZE, PER_SECOND, paced.pacing());
        return ProbeProcess.run(new Task(Probes.LISTING, paced.contender(), target, Map.of()));
    }

    private static Table table(Settings settings, List<Paced> contenders, Rounds<Paced> rounds) {
        Table table = new Table(
                PAGES + " pages from a server that takes " + PER_SECOND + " calls/s and answers in " + ANSWER_MILLIS
                        + " ms: medians of " + settings.rounds() + " rounds",
                "",
                "calls",
                "refused",
                "ms",
                "time / ideal");
        Bars refused =
                new Bars("Calls refused, of a listing of " + PAGES + " pages at " + PER_SECOND + " calls a second");
        Bars time = new Bars("Its time, ideal = 1");
        for (Paced paced : contenders) {
            Sample millis = rounds.sample(paced, "millis");
            table.add(
                    paced.title(),
                    rounds.sample(paced, "calls").text(0),
                    rounds.sample(paced, "refused").text(0),
                    millis.text(0),
                    Sample.number(millis.median() / IDEAL_MILLIS, 2));
            refused.add(paced.title(), rounds.sample(paced, "refused").median());
            time.add(paced.title(), Math.rint(100 * millis.median() / IDEAL_MILLIS) / 100);
        }
        table.chart(refused);
        table.chart(time);
        return table;
    }
}
