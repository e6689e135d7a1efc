package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A reader that has enough, as {@code head} has. */
@Isolated("the program gives it 20 ms to leave, in which it needs the processor")
class ClosedPipeIT {

    @TempDir
    private Path directory;

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

    @Test
    void createdExportIsSavedWholeAfterReaderOfItsIdLeft() throws Exception {
        Path request = Files.writeString(
                directory.resolve("request.json"), "{\"export_type\":\"ATTRIBUTES\",\"attributes\":[\"$language\"]}");
        Path files = directory.resolve("files");
        try (Sandbox sandbox = Sandbox.builder()
                .fileBytes(10_000)
                .exportTakes(Duration.ofDays(1))
                .start()) {
            Process process = CommandLineProcess.startAt(
                    sandbox, "create", request.toString(), "--download-to", files.toString(), "--interval", "20ms");
            String id;
            try (BufferedReader out = CommandLineProcess.reader(process)) {
                id = out.readLine();
            }
            assertThat(sandbox.export(id).isFinal()).isFalse();
            sandbox.advance(Duration.ofDays(2));
            assertThat(CommandLineProcess.exitCode(process)).isZero();
            assertThat(process.errorReader().readLine()).isNull();
            assertThat(sandbox.fileIds(id)).isNotEmpty();
            try (Stream<Path> saved = Files.list(files)) {
                assertThat(saved).hasSameSizeAs(sandbox.fileIds(id)).allSatisfy(file -> assertThat(file)
                        .hasSize(10_000));
            }
        }
    }
}
