package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitOptionsTest {

    private static ExportRequest export(ExportStatus status) {
        return ExportRequest.builder().id("x").status(status).build();
    }

    @Test
    void defaultsAwaitAFinalStatus() {
        AwaitOptions options = AwaitOptions.builder().build();
        assertThat(options.interval()).isNull();
        assertThat(options.until())
                .accepts(export(ExportStatus.SUCCESS), export(ExportStatus.ERROR), export(ExportStatus.EXPIRED))
                .rejects(export(ExportStatus.RUNNING), export(ExportStatus.of("NEW")));
        assertThat(options).hasToString("AwaitOptions[interval=null]");
    }

    @Test
    void optionsAreReturnedAsSet() {
        AwaitOptions options = AwaitOptions.builder()
                .interval(Duration.ofSeconds(3))
                .until(ExportFilters.status("RUNNING"))
                .build();
        assertThat(options.interval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.until()).accepts(export(ExportStatus.RUNNING)).rejects(export(ExportStatus.SUCCESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT24H"})
    void intervalsFromOneMillisecondToOneDayAreAccepted(Duration interval) {
        assertThat(AwaitOptions.builder().interval(interval).build().interval()).isEqualTo(interval);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.000999999S", "PT-1S", "PT24H0.001S"})
    void otherIntervalsAreRefused(Duration interval) {
        assertThatThrownBy(() -> AwaitOptions.builder().interval(interval))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval must be between 1 ms and 1 day: " + interval);
    }

    @Test
    void nullIsRefusedByOptionName() {
        Map<String, ThrowingCallable> options = Map.of(
                "interval", () -> AwaitOptions.builder().interval(null),
                "until", () -> AwaitOptions.builder().until(null),
                "onProgress", () -> DownloadOptions.builder().onProgress(null),
                "filter", () -> WatchOptions.builder().filter(null),
                "onPoll", () -> WatchOptions.builder().onPoll(null),
                "fullSweepEvery", () -> WatchOptions.builder().fullSweepEvery(null));
        options.forEach((name, call) -> assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + " is null"));
        assertThatThrownBy(() -> WatchOptions.builder().interval(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval is null");
    }
}
