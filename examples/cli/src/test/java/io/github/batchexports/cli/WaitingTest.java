package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code exports await} tells a script about the status that an export ended in. */
class WaitingTest {

    @ParameterizedTest
    @CsvSource({"SUCCESS, 0", "ERROR, 3", "EXPIRED, 3", "ANOTHER, 3"})
    void onlySuccessIsSuccess(String status, int code) {
        assertThat(Waiting.exitCode(ExportStatus.of(status))).isEqualTo(code);
    }
}
