package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a watch and of a download. */
class WatchOptionsTest {

    @Test
    void defaultsWatchEveryExport() {
        WatchOptions options = WatchOptions.builder().build();
        assertThat(options.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.fullSweepEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(options.emitInitial()).isTrue();
        assertThat(options.filter()
                        .test(ExportRequest.builder()
                                .id("x")
                                .status(ExportStatus.CREATED)
                                .build()))
                .isTrue();
        assertThat(options.onPoll()).isNull();
        assertThat(options).hasToString("WatchOptions[interval=PT30S, emitInitial=true, fullSweepEvery=PT1H]");
    }

    @Test
    void optionsAreReturnedAsSet() {
        List<PollResult> reported = new ArrayList<>();
        WatchOptions options = WatchOptions.builder()
                .interval(Duration.ofSeconds(1))
                .fullSweepEvery(Duration.ofDays(1))
                .emitInitial(false)
                .filter(export -> false)
                .onPoll(reported::add)
                .build();
        assertThat(options.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.fullSweepEvery()).isEqualTo(Duration.ofDays(1));
        assertThat(options.emitInitial()).isFalse();
        assertThat(options.filter().test(null)).isFalse();
        PollResult poll = PollResult.builder().startedAt(Instant.EPOCH).build();
        assertThat(options.onPoll()).isNotNull();
        options.onPoll().accept(poll);
        assertThat(reported).containsExactly(poll);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT0S", "PT-1S", "PT24H0.001S"})
    void durationsOutOfRangeAreRefusedByOptionName(Duration duration) {
        assertThatThrownBy(() -> WatchOptions.builder().interval(duration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval must be between 1 second and 1 day: " + duration);
        assertThatThrownBy(() -> WatchOptions.builder().fullSweepEvery(duration))
                .hasMessageStartingWith("fullSweepEvery must be between");
    }

    @Test
    void downloadsDoNotOverwriteByDefault() {
        List<Long> reported = new ArrayList<>();
        assertThat(DownloadOptions.builder().build().overwrite()).isFalse();
        DownloadOptions.builder().build().onProgress().accept(1);
        DownloadOptions options = DownloadOptions.builder()
                .overwrite(true)
                .onProgress(reported::add)
                .build();
        options.onProgress().accept(5);
        assertThat(options.overwrite()).isTrue();
        assertThat(reported).containsExactly(5L);
        assertThat(options).hasToString("DownloadOptions[overwrite=true]");
    }
}
