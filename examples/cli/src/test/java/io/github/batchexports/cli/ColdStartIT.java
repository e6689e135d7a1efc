package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.cli.StrictLimiter.Arrival;
import io.github.batchexports.sandbox.Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that have just started, in front of a strict limiter in another process: they keep their pace from the first
 * call on. Nobody warms anything. The system properties {@code cold.runs} and {@code cold.slow.runs} say how often; the
 * {@code cold} profile does it ten times each. Prints its figures, and which limiter it was.
 */
@Isolated("other programs that start would take the processor")
class ColdStartIT {

    private static final int EXPORTS = 100;

    private final Sandbox sandbox = Sandbox.builder().exports(EXPORTS).start();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** A run of the program: its calls, and how its time compares to the rate's. */
    private record Run(List<Arrival> calls, double perSecond) {

        long refused() {
            return calls.stream().filter(Arrival::refused).count();
        }

        double seconds() {
            return (calls.get(calls.size() - 1).millis() - calls.get(0).millis()) / 1_000.0;
        }

        double ideal() {
            return (calls.size() - 1) / perSecond;
        }

        long shortestGap() {
            long shortest = Long.MAX_VALUE;
            for (int i = 1; i < calls.size(); i++) {
                shortest = Math.min(
                        shortest, calls.get(i).millis() - calls.get(i - 1).millis());
            }
            return shortest;
        }

        String row() {
            return String.format(
                    Locale.ROOT,
                    "%6d  %8d  %8.3f  %5.3f  %9d  %12d",
                    calls.size(),
                    refused(),
                    seconds(),
                    seconds() / ideal(),
                    calls.get(1).millis() - calls.get(0).millis(),
                    shortestGap());
        }
    }

    private Result list(StrictLimiter limiter, int pageSize, int perSecond) throws Exception {
        return CommandLineProcess.result(CommandLineProcess.startWithoutArchive(
                CommandLineProcess.environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY),
                "list",
                "--base-url",
                limiter.baseUrl(),
                "--page-size",
                String.valueOf(pageSize),
                "--requests-per-second",
                String.valueOf(perSecond),
                "--format",
                "json"));
    }

    @ParameterizedTest
    @CsvSource({"10, 20, cold.runs, 3", "1, 4, cold.slow.runs, 1"})
    void coldStartIsNotRefused(int perSecond, int pages, String property, int fewRuns) throws Exception {
        List<Run> runs = new ArrayList<>();
        List<String> table = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger(property, fewRuns); i++) {
            Path own = Files.createDirectory(directory.resolve("run" + i));
            try (StrictLimiter limiter = StrictLimiter.start(own, sandbox.baseUrl(), perSecond)) {
                if (i == 0) {
                    table.add("cold starts at " + perSecond + " a second, limiter: " + limiter.name());
                    table.add(" calls   refused   seconds  ratio  first gap  shortest gap (ms)");
                }
                Result result = list(limiter, EXPORTS / pages, perSecond);
                assertThat(result.code()).as("%s", result.err()).isZero();
                assertThat(result.out()).hasSize(EXPORTS);
                runs.add(new Run(limiter.arrivals(), perSecond));
                table.add(runs.get(i).row());
            }
        }
        table.add(summary(runs));
        System.out.println(String.join(System.lineSeparator(), table));
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.refused()).isZero();
            assertThat(run.calls()).hasSize(pages);
        });
    }

    private static String summary(List<Run> runs) {
        double[] seconds = runs.stream().mapToDouble(Run::seconds).sorted().toArray();
        double median = (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2;
        return String.format(
                Locale.ROOT,
                "%6d  %8d  %8.3f is the median; at most %.3f",
                runs.stream().mapToInt(run -> run.calls().size()).sum(),
                runs.stream().mapToLong(Run::refused).sum(),
                median,
                1.08 * runs.get(0).ideal() + 0.12);
    }

    /** A limiter that lets everything pass would prove nothing. */
    @Test
    void eitherLimiterRefusesWhatComesTooSoon() throws Exception {
        List<StrictLimiter> limiters = new ArrayList<>();
        limiters.add(OwnLimiter.start(Files.createDirectory(directory.resolve("own")), sandbox.baseUrl(), 1));
        if (NginxLimiter.executable().isPresent()) {
            Path own = Files.createDirectory(directory.resolve("nginx"));
            limiters.add(NginxLimiter.start(NginxLimiter.executable().get(), own, sandbox.baseUrl(), 1));
        }
        for (StrictLimiter limiter : limiters) {
            try (limiter) {
                HttpRequest call = HttpRequest.newBuilder(URI.create(limiter.baseUrl() + "/2.8/exports/list"))
                        .header("Authorization", "Bearer " + Sandbox.REST_API_KEY)
                        .header("X-Batch-Project", Sandbox.PROJECT_KEY)
                        .build();
                HttpClient client = HttpClient.newHttpClient();
                Stream.of(call, call)
                        .map(both -> client.sendAsync(both, BodyHandlers.discarding()))
                        .toList()
                        .forEach(CompletableFuture::join);
                assertThat(limiter.arrivals())
                        .as(limiter.name())
                        .extracting(Arrival::status)
                        .containsExactlyInAnyOrder(200, 429);
            }
        }
    }
}
