package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.contender.Contenders;
import io.github.batchexports.benchmarks.contender.Target;
import io.github.batchexports.benchmarks.probe.ProbeProcess;
import io.github.batchexports.benchmarks.probe.Probes;
import io.github.batchexports.benchmarks.probe.Task;
import io.github.batchexports.benchmarks.process.ChildJvm.Ending;
import io.github.batchexports.benchmarks.report.Sample;
import io.github.batchexports.benchmarks.report.Table;
import io.github.batchexports.benchmarks.server.ServerOptions;
import io.github.batchexports.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Whether a long listing gets by with little memory. */
final class SmallHeap implements Section {

    private static final int EXPORTS = 1_000_000;
    private static final int SLOW_MILLIS_PER_PAGE = 2;
    private static final int OUT_OF_MEMORY = 3;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @Override
    public Table run(Settings settings) throws IOException, InterruptedException {
        Table table = new Table(
                "1,000,000 exports with -Xmx20m, and behind publishOn with a consumer that takes "
                        + SLOW_MILLIS_PER_PAGE + " ms a page",
                "",
                "ends",
                "s",
                "slow consumer",
                "s");
        try (ServerProcess server =
                ServerProcess.start(ServerOptions.of(EXPORTS / Settings.PAGE_SIZE, Settings.PAGE_SIZE))) {
            Target target = Target.of(server.baseUrl(), Settings.PAGE_SIZE);
            for (Contenders contender : Peers.ALL) {
                System.err.println(contender);
                Ending plain = end(new Task(Probes.LISTING, contender, target, Map.of()));
                Ending slow =
                        end(new Task(Probes.OVERLAP, contender, target, Map.of("millisPerPage", SLOW_MILLIS_PER_PAGE)));
                table.add(contender.title(), words(plain), seconds(plain), words(slow), seconds(slow));
            }
        }
        return table;
    }

    private static Ending end(Task task) throws IOException, InterruptedException {
        return ProbeProcess.end(task, LONGEST, "-Xmx20m", "-XX:+ExitOnOutOfMemoryError");
    }

    private static String words(Ending ending) {
        if (!ending.inTime()) {
            return "not within " + LONGEST.toMinutes() + " min";
        }
        if (ending.code() == OUT_OF_MEMORY) {
            return "out of memory";
        }
        if (ending.code() != 0) {
            return "failed";
        }
        return Sample.number(Figures.of(ProbeProcess.figures(ending), "exports"), 0) + " exports";
    }

    private static String seconds(Ending ending) {
        return ending.inTime() && ending.code() == 0
                ? Sample.number(Figures.of(ProbeProcess.figures(ending), "millis") / 1_000, 1)
                : "-";
    }
}
