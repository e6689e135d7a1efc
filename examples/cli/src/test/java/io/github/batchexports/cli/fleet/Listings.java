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
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Programs that list the same exports in front of a strict limiter, and share its limit through a Redis. */
final class Listings implements AutoCloseable {

    private static final int PAGE_SIZE = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final int perSecond;
    private final Sandbox sandbox;
    private final StrictLimiter limiter;
    private final List<Program> programs = new ArrayList<>();

    Listings(Path directory, int pages, int perSecond) throws Exception {
        this.perSecond = perSecond;
        this.sandbox = Sandbox.builder().exports(pages * PAGE_SIZE).start();
        this.limiter = StrictLimiter.start(directory, sandbox.baseUrl(), perSecond);
    }

    /** Starts so many at once. */
    Listings start(int count, RedisServer redis) throws IOException {
        for (int i = 0; i < count; i++) {
            start("--redis", redis.url());
        }
        return this;
    }

    Program start(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("list", "--base-url", limiter.baseUrl(), "--format", "json"));
        arguments.addAll(List.of("--page-size", String.valueOf(PAGE_SIZE)));
        arguments.addAll(List.of("--requests-per-second", String.valueOf(perSecond)));
        arguments.addAll(List.of(options));
        Program program = Program.start(arguments.toArray(String[]::new));
        programs.add(program);
        return program;
    }

    /** Does this as soon as so many calls were accepted. */
    Listings afterCalls(int calls, Runnable event) {
        await(() -> sandbox.listCalls() >= calls, programs);
        event.run();
        return this;
    }

    List<Program> programs() {
        return programs;
    }

    /** Each of these lists all exports, and then ends. */
    Calls finish(List<Program> listing) throws Exception {
        int exports = sandbox.exports().size();
        for (Program program : listing) {
            assertThat(program.exitCode()).as("%s", program).isZero();
            assertThat(program.out()).doesNotHaveDuplicates().hasSize(exports);
        }
        return new Calls(limiter.arrivals(), perSecond);
    }

    String limiter() {
        return limiter.name();
    }

    static void await(BooleanSupplier condition, Object waitingFor) {
        Boolean met = Flux.interval(Duration.ofMillis(20))
                .onBackpressureDrop()
                .map(tick -> condition.getAsBoolean())
                .filter(Boolean::booleanValue)
                .take(PATIENCE)
                .blockFirst();
        assertThat(met).as("%s", waitingFor).isTrue();
    }

    static void pass(Duration time) {
        Mono.delay(time).block();
    }

    @Override
    public void close() throws IOException {
        programs.forEach(Program::kill);
        limiter.close();
        sandbox.close();
    }
}
