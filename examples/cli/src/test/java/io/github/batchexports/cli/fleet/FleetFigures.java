package io.github.batchexports.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Eight programs that share a limit of one call a second, as processes: what is refused, and how much of the limit is used,
 * while all is well and while Redis or programs fail. Prints what it saw. The profile {@code fleet} runs it.
 */
class FleetFigures {

    private static final int PROGRAMS = 8;
    private static final Duration LOSS = Duration.ofSeconds(8);

    private final RedisServer redis = new RedisServer();

    @TempDir
    private Path directory;

    @BeforeEach
    void showLoad() throws IOException {
        print(
                "load of the machine before",
                Files.readString(Path.of("/proc/loadavg")).trim());
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private static void print(String what, Object figures) {
        System.out.println("fleet: " + what + ": " + figures);
    }

    @Test
    void allIsWell() throws Exception {
        try (Listings listings = new Listings(directory, 4, 1).start(PROGRAMS, redis)) {
            Calls calls = listings.finish(listings.programs());
            print("eight list four pages each, " + listings.limiter(), calls);
            print("ms between calls", calls.gaps());

            assertThat(calls.refused()).isZero();
            assertThat(calls.count()).isEqualTo(PROGRAMS * 4);
            assertThat(calls.overtaken()).isZero();
            assertThat(calls.usedByAll()).isGreaterThanOrEqualTo(0.93);
        }
    }

    /** What happens to Redis in the middle. */
    private enum Loss {
        KILLED(RedisServer::kill, RedisServer::start),
        HUNG(RedisServer::hang, RedisServer::goOn),
        EMPTIED(server -> server.call(redis -> redis.flushall()), server -> {});

        private final Consumer<RedisServer> begin;
        private final Consumer<RedisServer> end;

        Loss(Consumer<RedisServer> begin, Consumer<RedisServer> end) {
            this.begin = begin;
            this.end = end;
        }
    }

    @ParameterizedTest
    @EnumSource
    void redisIsLost(Loss loss) throws Exception {
        try (Listings listings = new Listings(directory, 4, 1).start(PROGRAMS, redis)) {
            listings.afterCalls(12, () -> loss.begin.accept(redis));
            Listings.pass(LOSS);
            loss.end.accept(redis);
            Calls calls = listings.finish(listings.programs());
            print("eight list four pages each, Redis " + loss + " after twelve calls", calls);
            print("ms between calls", calls.gaps());

            assertThat(calls.refusedOfOne()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void threeOfEightDie() throws Exception {
        try (Listings listings = new Listings(directory, 8, 2).start(PROGRAMS, redis)) {
            listings.afterCalls(20, () -> listings.programs().subList(0, 3).forEach(Program::kill));
            Calls calls = listings.finish(listings.programs().subList(3, PROGRAMS));
            print("eight list eight pages each at two a second, three are killed after twenty calls", calls);
            print("ms between calls", calls.gaps());

            assertThat(calls.refusedOfOne()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aloneItTakesHardlyLonger() throws Exception {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            without.add(seconds("without" + i));
            with.add(seconds("with" + i, "--redis", redis.url()));
        }
        print("one lists twelve pages, seconds from first call to last without Redis", without);
        print("the same with Redis", with);
        print("ratio of the medians", String.format(Locale.ROOT, "%.4f", median(with) / median(without)));

        assertThat(median(with)).isLessThanOrEqualTo(1.05 * median(without));
    }

    private double seconds(String name, String... options) throws Exception {
        Path own = Files.createDirectory(directory.resolve(name));
        try (Listings listings = new Listings(own, 12, 1)) {
            listings.start(options);
            Calls calls = listings.finish(listings.programs());
            print("one lists twelve pages, " + name, calls);
            return calls.seconds();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @ParameterizedTest
    @CsvSource({"1", "0"})
    void eightWatchesCostWhatOneCosts(int perSecond) throws Exception {
        String pace = perSecond == 0 ? "unpaced" : "at one call a second";
        double one = watch("one watch, " + pace, "one", perSecond, 1, false);
        double eight = watch("eight watches, " + pace, "eight", perSecond, PROGRAMS, false);
        watch("eight watches, " + pace + ", Redis killed for 7.5 s", "killed", perSecond, PROGRAMS, true);
        print("calls of eight by those of one, " + pace, String.format(Locale.ROOT, "%.3f", eight / one));

        assertThat(eight).isLessThanOrEqualTo(1.2 * one);
    }

    private double watch(String what, String name, int perSecond, int count, boolean kill) throws Exception {
        Path own = Files.createDirectory(directory.resolve(name));
        try (Watches watches = new Watches(own, perSecond)) {
            watches.start(count, redis);
            double calls = watches.change(12, number -> {
                if (kill && number == 4) {
                    redis.kill();
                } else if (kill && number == 7) {
                    redis.start();
                }
            });
            print(what, watches.figures(calls));
            return calls;
        } finally {
            redis.call(commands -> commands.flushall());
        }
    }
}
