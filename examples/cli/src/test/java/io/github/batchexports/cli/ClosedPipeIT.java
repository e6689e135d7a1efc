package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.io.BufferedReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A reader of a listing that has enough, as {@code head} has. */
@Isolated("the program gives it 20 ms to leave, in which it needs the processor")
class ClosedPipeIT {

    @Test
    void listingEndsQuietlyWithoutAnotherCall() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            Process process = CommandLineProcess.start(
                    CommandLineProcess.environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY),
                    "list",
                    "--base-url",
                    sandbox.baseUrl(),
                    "--page-size",
                    "10",
                    "--requests-per-second",
                    "2");
            try (BufferedReader out = CommandLineProcess.reader(process)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(out.readLine()).isNotNull();
                }
            }
            assertThat(CommandLineProcess.exitCode(process)).isZero();
            assertThat(process.errorReader().readLine()).isNull();
            assertThat(sandbox.calls()).isEqualTo(1);
        }
    }
}
