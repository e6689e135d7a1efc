package io.github.batchexports.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    @Test
    void itShowsBytesRateAndTheTimeThatIsLeft() {
        assertThat(new ProgressBar(10_000_000L).line(2_500_000, Duration.ofMillis(1_000)))
                .isEqualTo("[#####---------------] 2.5 MB of 10.0 MB, 2.5 MB/s, 3s left");
        assertThat(new ProgressBar(10_000_000L).line(2_000, Duration.ofMillis(300)))
                .isEqualTo("[--------------------] 2.0 kB of 10.0 MB, 6.7 kB/s");
        assertThat(new ProgressBar(100_000_000_000L).line(1_000_000, Duration.ofSeconds(1)))
                .endsWith(" left")
                .contains("27h 46m")
                .hasSizeLessThan(70);
    }

    @Test
    void wrongOrMissingSizeIsTolerated() {
        assertThat(new ProgressBar(1_000L).line(2_000, Duration.ofSeconds(2)))
                .isEqualTo("[####################] 2.0 kB of 1.0 kB, 1.0 kB/s, 0s left");
        assertThat(new ProgressBar(0L).line(0, Duration.ZERO)).isEqualTo("[####################] 0 B of 0 B, 0 B/s");
        assertThat(new ProgressBar(-5L).line(10, Duration.ofSeconds(1))).startsWith("[####################] 10 B of ");
        assertThat(new ProgressBar(null).line(1_500, Duration.ofSeconds(3))).isEqualTo("1.5 kB, 500 B/s");
    }
}
