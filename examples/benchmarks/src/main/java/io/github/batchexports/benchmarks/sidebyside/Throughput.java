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
import java.util.List;
import java.util.Map;

/** How much time and memory an export costs when the server is fast and the subscriber wants all. */
final class Throughput implements Section {

    @Override
    public Table run(Settings settings) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(ServerOptions.of(settings.pages(), Settings.PAGE_SIZE))) {
            Target target = Target.of(server.baseUrl(), Settings.PAGE_SIZE);
            // The server's own code is compiled before the first contender meets it.
            measure(Contenders.FLOOR, target, settings);
            List<Contenders> contenders = List.of(Contenders.values());
            return table(
                    settings,
                    contenders,
                    Rounds.run(settings.rounds(), contenders, contender -> measure(contender, target, settings)));
        }
    }

    private static Map<String, Double> measure(Contenders contender, Target target, Settings settings)
            throws IOException, InterruptedException {
        Map<String, Integer> numbers =
                Map.of("exports", settings.exports(), "warmups", settings.warmups(), "passes", settings.passes());
        // All of the heap is touched before: else who allocates little meets untouched memory for longer, and pays for
        // it while it is measured.
        return ProbeProcess.run(
                new Task(Probes.THROUGHPUT, contender, target, numbers), "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");
    }

    private static Table table(Settings settings, List<Contenders> contenders, Rounds<Contenders> rounds) {
        Table table = new Table(
                Sample.number(settings.exports(), 0) + " exports in pages of 100, an export: medians of "
                        + settings.rounds() + " rounds",
                "",
                "wall ns",
                "spread",
                "CPU ns",
                "bytes",
                "ours / it: wall",
                "CPU",
                "bytes");
        for (Contenders contender : contenders) {
            table.add(
                    contender.title(),
                    rounds.sample(contender, "wall").text(0),
                    rounds.sample(contender, "wall").spread(0),
                    rounds.sample(contender, "cpu").text(0),
                    rounds.sample(contender, "bytes").text(0),
                    ratio(rounds, contender, "wall"),
                    ratio(rounds, contender, "cpu"),
                    ratio(rounds, contender, "bytes"));
        }
        table.chart(chart(contenders, rounds));
        return table;
    }

    private static Bars chart(List<Contenders> contenders, Rounds<Contenders> rounds) {
        Bars bars = new Bars("Throughput: exports a second");
        for (Contenders contender : contenders) {
            bars.add(
                    contender.title(),
                    Math.rint(1e9 / rounds.sample(contender, "wall").median()));
        }
        return bars;
    }

    private static String ratio(Rounds<Contenders> rounds, Contenders contender, String figure) {
        return rounds.sample(Contenders.OURS, figure).ratioTo(rounds.sample(contender, figure));
    }
}
