package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.monitor.PollStatus.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown with which settings. */
class SettingsIT {

    @Test
    void itsOwnSandboxIsNamedAsWhatItIs() {
        try (Monitor monitor = Monitor.startWith("spring.profiles.active=sandbox");
                OpenPage page = OpenPage.open(monitor)) {
            page.next("hello", data -> data.contains("\"sandbox\":true"));

            assertThat(page.readList()).hasSizeGreaterThanOrEqualTo(253);
            page.nextStatus(Kind.LIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({"BATCH_REST_API_KEY, projectKey", "BATCH_PROJECT_KEY, restApiKey"})
    void keyWithoutTheOtherFailsStartup(String given, String missing) {
        assertThatThrownBy(() -> Monitor.startWith(given + "=some")).rootCause().hasMessageContaining(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1s", "1ns"})
    void heartbeatThatIsNoneFailsStartup(String heartbeat) {
        assertThatThrownBy(() -> Monitor.startWith("spring.profiles.active=sandbox", "monitor.heartbeat=" + heartbeat))
                .rootCause()
                .hasMessageContaining("monitor.heartbeat");
    }
}
