package io.github.batchexports.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three programs, five calls a second, one Redis, a limiter without any burst: each a process. What eight of them do, and
 * how much of the limit they use, {@link FleetFigures} shows.
 */
@Isolated("other programs that start would take the processor")
class FleetIT {

    private static final int PROGRAMS = 3;

    @TempDir
    private Path directory;

    @Test
    void programsThatShareALimitAreNotRefusedAndTakeTurns() throws Exception {
        try (RedisServer redis = new RedisServer();
                Listings listings = new Listings(directory, 8, 5).start(PROGRAMS, redis)) {
            Calls calls = listings.finish(listings.programs());

            assertThat(calls.count() - calls.refused()).as("%s", calls).isEqualTo(PROGRAMS * 8L);
            // None, unless the machine stalls. Programs that share nothing are refused twenty times.
            assertThat(calls.refusedOfOne()).as("%s", calls).isLessThanOrEqualTo(1);
            assertThat(calls.overtaken()).as("%s", calls).isLessThanOrEqualTo(PROGRAMS);
            System.out.println("fleet: three list eight pages each, five a second: " + calls);
        }
    }

    @Test
    void programsGoOnWhileRedisIsGone() throws Exception {
        try (RedisServer redis = new RedisServer();
                Listings listings = new Listings(directory, 8, 5).start(PROGRAMS, redis)) {
            listings.afterCalls(9, redis::kill);
            Listings.pass(Duration.ofSeconds(1));
            redis.start();
            Calls calls = listings.finish(listings.programs());

            assertThat(calls.refusedOfOne()).as("%s", calls).isLessThanOrEqualTo(1);
            System.out.println("fleet: the same, Redis gone for a second: " + calls);
        }
    }
}
