package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.PollResult;
import io.github.batchexports.monitor.PollStatus.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollStatusTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    @Test
    void longPollIsDelayed() {
        ExportWatch.State state = new ExportWatch.State(null, null, null)
                .polled(PollResult.builder().startedAt(START).build())
                .listed(ExportSnapshot.of(List.of()));

        assertThat(kind(state, START.plusSeconds(44))).isEqualTo(Kind.LIVE);
        assertThat(kind(state, START.plusSeconds(45))).isEqualTo(Kind.DELAYED);
    }

    @Test
    void beforeTheFirstListItIsStarting() {
        assertThat(kind(new ExportWatch.State(null, null, null), START)).isEqualTo(Kind.STARTING);
    }

    @Test
    void firstListIsNotLateDuringItsPoll() {
        ExportWatch.State state = new ExportWatch.State(null, null, null).listed(ExportSnapshot.of(List.of()));

        assertThat(kind(state, START)).isEqualTo(Kind.STARTING);
    }

    private static Kind kind(ExportWatch.State state, Instant now) {
        return PollStatus.of(state, INTERVAL, now).kind();
    }
}
