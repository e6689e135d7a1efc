package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.probe.FirstExport;
import io.github.batchexports.benchmarks.process.ChildJvm;
import io.github.batchexports.benchmarks.process.ChildJvm.Ending;
import io.github.batchexports.benchmarks.report.Table;
import io.github.batchexports.benchmarks.server.ServerOptions;
import io.github.batchexports.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long a fresh JVM takes to its first export. */
final class First implements Section {

    private static final int PAGES = 10;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final List<String> CONTENDERS = List.of("ours", "bare");

    @Override
    public Table run(Settings settings) throws IOException, InterruptedException {
        int rounds = 2 * settings.rounds() + 1;
        try (ServerProcess server = ServerProcess.start(ServerOptions.of(PAGES, Settings.PAGE_SIZE))) {
            // The server's own code is loaded before anybody is timed.
            measure("ours", server.baseUrl());
            measure("bare", server.baseUrl());
            return table(rounds, Rounds.run(rounds, CONTENDERS, contender -> measure(contender, server.baseUrl())));
        }
    }

    private static Map<String, Double> measure(String contender, String baseUrl)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (ChildJvm child = ChildJvm.start(List.of(), FirstExport.class, List.of(contender, baseUrl))) {
            Ending ending = child.waitForEnd(LONGEST);
            double process = (System.nanoTime() - start) / 1e6;
            if (!ending.inTime() || ending.code() != 0) {
                throw new IOException(contender + " ended with code " + ending.code() + ": " + ending.errors());
            }
            Map<String, Double> figures = new HashMap<>(Map.of("process", process));
            for (String line : ending.lines()) {
                String[] parts = line.split(" ", 2);
                figures.put(parts[0], Double.valueOf(parts[1]));
            }
            return figures;
        }
    }

    private static Table table(int rounds, Rounds<String> results) {
        Table table = new Table(
                "First export in a fresh JVM, ms from main to each mark: medians of " + rounds + " runs",
                "",
                "client made",
                "request out",
                "answer in",
                "first export",
                "spread",
                "whole process",
                "ours / it");
        for (String contender : CONTENDERS) {
            table.add(
                    contender.equals("ours") ? contender : "bare Reactor Netty and databind",
                    results.sample(contender, "client").text(0),
                    results.sample(contender, "request").text(0),
                    results.sample(contender, "answer").text(0),
                    results.sample(contender, "export").text(0),
                    results.sample(contender, "export").spread(0),
                    results.sample(contender, "process").text(0),
                    results.sample("ours", "export").ratioTo(results.sample(contender, "export")));
        }
        return table;
    }
}
