package io.github.batchexports.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A strict limiter behind a network with a latency that is uniform between 0 and the jitter. 10,000 calls per case, in
 * simulated time.
 */
class PaceSimulationTest {

    private static final int CALLS = 10_000;
    private static final double MILLI = 1e6;

    @ParameterizedTest(name = "{0}/s, jitter {1} ms: at most {2} % refused, at least {3} of the rate used")
    @CsvSource({
        "1, 0, 0.5, 0.93", "1, 5, 0.5, 0.93", "1, 20, 0.5, 0.93", "1, 50, 0.5, 0.93",
        "10, 0, 0.5, 0.93", "10, 5, 0.5, 0.93", "10, 20, 1, 0.8", "10, 50, 1, 0.6"
    })
    void paceAdaptsToJitter(double rate, double jitter, double percentRefused, double used) {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            Pace pace = Pace.perSecond(rate);
            double interval = 1e9 / rate;
            long now = 0;
            int refused = 0;
            double lastAccepted = Double.NEGATIVE_INFINITY;
            for (int call = 0; call < CALLS; call++) {
                for (long wait = pace.reserve(now); wait > 0; wait = pace.reserve(now)) {
                    now += wait;
                }
                pace.sent(now);
                double arrival = (double) now + random.nextDouble() * jitter * MILLI;
                if (arrival - lastAccepted < interval) {
                    refused++;
                    pace.refused();
                } else {
                    lastAccepted = arrival;
                }
            }
            double share = (CALLS - refused) * interval / (double) now;
            String figures = "seed " + seed + ": " + refused + " refused, " + share + " used";
            assertThat(refused).as(figures).isLessThanOrEqualTo((int) (CALLS * percentRefused / 100));
            assertThat(share).as(figures).isGreaterThanOrEqualTo(used);
        }
    }
}
