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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether the cost of an export of ours depends on how many there are. */
final class Growth implements Section {

    private static final List<Integer> LENGTHS = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final int TOTAL = 1_000_000;
    private static final double MIB = 1024.0 * 1024;

    @Override
    public Table run(Settings settings) throws IOException, InterruptedException {
        Map<Integer, ServerProcess> servers = new HashMap<>();
        try {
            for (int length : LENGTHS) {
                servers.put(
                        length, ServerProcess.start(ServerOptions.of(length / Settings.PAGE_SIZE, Settings.PAGE_SIZE)));
            }
            Rounds<Integer> rounds = Rounds.run(
                    settings.rounds(), LENGTHS, length -> measure(Objects.requireNonNull(servers.get(length)), length));
            return table(settings, rounds);
        } finally {
            servers.values().forEach(ServerProcess::close);
        }
    }

    private static Map<String, Double> measure(ServerProcess server, int length)
            throws IOException, InterruptedException {
        Target target = Target.of(server.baseUrl(), Settings.PAGE_SIZE);
        Map<String, Integer> numbers = Map.of("exports", length, "total", TOTAL);
        return ProbeProcess.run(new Task(Probes.GROWTH, Contenders.OURS, target, numbers), "-Xms64m", "-Xmx64m");
    }

    private static Table table(Settings settings, Rounds<Integer> rounds) {
        Table table = new Table(
                "Listings of ours by length, -Xmx64m: medians of " + settings.rounds() + " rounds",
                "exports",
                "ns an export",
                "spread",
                "to the shortest",
                "peak heap MiB",
                "live MiB at 9/10");
        for (int length : LENGTHS) {
            Sample nanos = rounds.sample(length, "nanos");
            table.add(
                    Sample.number(length, 0),
                    nanos.text(0),
                    nanos.spread(0),
                    nanos.ratioTo(rounds.sample(LENGTHS.get(0), "nanos")),
                    Sample.number(rounds.sample(length, "peak").median() / MIB, 1),
                    Sample.number(rounds.sample(length, "live").median() / MIB, 1));
        }
        return table;
    }
}
