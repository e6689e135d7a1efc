package io.github.batchexports.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.benchmarks.contender.Contenders;
import io.github.batchexports.benchmarks.contender.Target;
import io.github.batchexports.benchmarks.server.PageServer;
import io.github.batchexports.benchmarks.server.ServerOptions;
import io.github.batchexports.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbesTest {

    private static final int PAGE_SIZE = 10;

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 25})
    void oursMakesOneCallForEachPageThatIsAskedFor(int demand) throws InterruptedException {
        try (PageServer server = PageServer.start(ServerOptions.of(50, PAGE_SIZE))) {
            Map<String, Double> figures = measure(Probes.DEMAND, Contenders.OURS, server, Map.of("demand", demand));

            assertThat(figures).containsEntry("items", (double) demand);
            assertThat(figures).containsEntry("calls", Math.ceil(demand / (double) PAGE_SIZE));
        }
    }

    @Test
    void peersReadAhead() throws InterruptedException {
        try (PageServer server = PageServer.start(ServerOptions.of(50, PAGE_SIZE))) {
            Map<String, Double> figures =
                    measure(Probes.DEMAND, Contenders.WEBCLIENT, server, Map.of("demand", PAGE_SIZE));

            assertThat(figures.get("calls")).isGreaterThan(1);
        }
    }

    @Test
    void stalledSubscribersOfOursCostOneCallEach() throws InterruptedException {
        try (PageServer server = PageServer.start(ServerOptions.of(50, PAGE_SIZE))) {
            Map<String, Double> figures = measure(Probes.STALLED, Contenders.OURS, server, Map.of("subscribers", 20));

            assertThat(figures).containsEntry("items", 20.0).containsEntry("calls", 20.0);
        }
    }

    @Test
    void contenderIsMeasuredAgainstServerInAnotherProcess() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(ServerOptions.of(3, PAGE_SIZE))) {
            Target target = Target.of(server.baseUrl(), PAGE_SIZE);
            Map<String, Integer> numbers = Map.of("exports", 3 * PAGE_SIZE, "warmups", 1, "passes", 1);

            Map<String, Double> figures =
                    ProbeProcess.run(new Task(Probes.THROUGHPUT, Contenders.OURS, target, numbers));

            assertThat(figures).containsOnlyKeys("wall", "cpu", "bytes");
            assertThat(figures.values()).allMatch(figure -> figure > 0);
        }
    }

    private static Map<String, Double> measure(
            Probes probe, Contenders contender, PageServer server, Map<String, Integer> numbers)
            throws InterruptedException {
        return probe.measure(new Task(probe, contender, Target.of(server.baseUrl(), PAGE_SIZE), numbers));
    }
}
