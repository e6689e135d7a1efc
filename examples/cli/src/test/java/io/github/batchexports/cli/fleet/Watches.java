package io.github.batchexports.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.RedisServer;
import io.github.batchexports.cli.StrictLimiter;
import io.github.batchexports.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Programs that watch the same exports, and share their polls through a Redis. */
final class Watches implements AutoCloseable {

    private static final int EXPORTS = 150;
    private static final int OPEN = 10;
    private static final Duration INTERVAL = Duration.ofMillis(2500);

    private final int perSecond;
    private final Sandbox sandbox = Sandbox.builder().exports(EXPORTS - OPEN).start();
    private final @Nullable StrictLimiter limiter;
    private final List<String> open = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();

    Watches(Path directory, int perSecond) throws Exception {
        this.perSecond = perSecond;
        for (int i = 0; i < OPEN; i++) {
            open.add(sandbox.addExport());
        }
        limiter = perSecond == 0 ? null : StrictLimiter.start(directory, sandbox.baseUrl(), perSecond);
    }

    /** Starts so many, and waits until each has seen every export. */
    void start(int count, RedisServer redis) throws IOException {
        for (int i = 0; i < count; i++) {
            programs.add(Program.start(
                    "watch",
                    "--interval",
                    "2s",
                    "--format",
                    "json",
                    "--base-url",
                    limiter == null ? sandbox.baseUrl() : limiter.baseUrl(),
                    "--requests-per-second",
                    String.valueOf(perSecond),
                    "--redis",
                    redis.url()));
        }
        Listings.await(() -> programs.stream().allMatch(program -> program.out().size() >= EXPORTS), programs);
    }

    /**
     * Makes changes, every other one a new export, and waits until each program has seen each of them.
     *
     * @param beforeChange is told the number of each
     * @return calls a second while the changes were made
     */
    double change(int count, IntConsumer beforeChange) {
        int callsBefore = sandbox.calls();
        long start = System.nanoTime();
        Flux.interval(INTERVAL)
                .onBackpressureBuffer()
                .take(count + 1)
                .concatMap(number -> {
                    int index = number.intValue();
                    if (index < count) {
                        beforeChange.accept(index);
                        change(index);
                    }
                    return Flux.empty();
                })
                .blockLast();
        double calls = (sandbox.calls() - callsBefore) / ((System.nanoTime() - start) / 1e9);
        Listings.await(() -> programs.stream().allMatch(program -> program.out().size() >= EXPORTS + count), programs);
        return calls;
    }

    private void change(int index) {
        if (index % 2 == 0) {
            changed.add(sandbox.addExport());
        } else {
            String id = open.get(index / 2);
            sandbox.setStatus(id, "SUCCESS");
            changed.add(id);
        }
    }

    /** Ends the programs, and sees that each has printed each change once. */
    String figures(double callsPerSecond) throws Exception {
        programs.forEach(Program::interrupt);
        for (Program program : programs) {
            program.exitCode();
            List<String> changes = program.out().subList(EXPORTS, program.out().size());
            assertThat(changes).as("%s", program).hasSize(changed.size());
            assertThat(changed).allSatisfy(id -> assertThat(changes)
                    .filteredOn(change -> change.contains('"' + id + '"'))
                    .hasSize(1));
        }
        return String.format(
                Locale.ROOT,
                "%.3f calls a second, %d changes seen by each of %d, %s",
                callsPerSecond,
                changed.size(),
                programs.size(),
                limiter == null ? "no limiter" : new Calls(limiter.arrivals(), perSecond));
    }

    @Override
    public void close() throws IOException {
        programs.forEach(Program::kill);
        if (limiter != null) {
            limiter.close();
        }
        sandbox.close();
    }
}
