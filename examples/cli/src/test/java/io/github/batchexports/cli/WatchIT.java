package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.io.BufferedReader;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code exports watch} as a process, against a sandbox in this one and against servers that fail. */
class WatchIT {

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Result watch(String... arguments) throws Exception {
        return CommandLineProcess.runAt(sandbox, "watch", arguments);
    }

    private static JsonNode change(String previous, String kind, String export) throws Exception {
        return Trees.of("{\"previous\":" + previous + ",\"kind\":\"" + kind + "\",\"export\":" + export + "}");
    }

    @Test
    void eachExportIsALineAndEachChangeAsItHappensUntilASignal() throws Exception {
        Process process = CommandLineProcess.startAt(sandbox, "watch", "--interval", "1s", "--format", "json");
        try (BufferedReader out = CommandLineProcess.reader(process)) {
            for (String export : sandbox.exports()) {
                assertThat(Trees.of(out.readLine())).isEqualTo(change("null", "INITIAL", export));
            }
            String id = Trees.ids(sandbox.exports(), "CREATED").get(0);
            sandbox.setStatus(id, "RUNNING");
            String moved = sandbox.exports().get(0);
            assertThat(Trees.of(out.readLine())).isEqualTo(change("\"CREATED\"", "STATUS", moved));
            sandbox.addExport();
            String added = sandbox.exports().get(0);
            assertThat(Trees.of(out.readLine())).isEqualTo(change("null", "DISCOVERED", added));
            process.toHandle().destroy();
            assertThat(CommandLineProcess.exitCode(process)).isEqualTo(143);
            assertThat(out.readLine()).isNull();
            assertThat(process.errorReader().readLine()).isNull();
        }
    }

    @Test
    void filtersTakeWhatAFilterByHandTakesAndTheTimeEndsIt() throws Exception {
        Result result = watch(
                "--for",
                "4s",
                "--interval",
                "1h",
                "--status",
                "SUCCESS",
                "--scope",
                "REACHABILITY",
                "--format",
                "json");
        assertThat(result.code()).isZero();
        List<JsonNode> wanted = Trees.of(sandbox.exports()).stream()
                .filter(export -> export.get("status").asText().equals("SUCCESS"))
                .filter(export -> export.get("scope").asText().equals("REACHABILITY"))
                .toList();
        assertThat(Trees.of(result.out()).stream().map(line -> line.get("export")))
                .isNotEmpty()
                .isEqualTo(wanted);
        assertThat(result.err()).singleElement().asString().startsWith(wanted.size() + " changes, 3 calls, ");
    }

    @Test
    void tableShowsTimeKindAndPreviousStatus() throws Exception {
        Process process = CommandLineProcess.startAt(sandbox, "watch", "--interval", "1s");
        try (BufferedReader out = CommandLineProcess.reader(process)) {
            assertThat(out.readLine()).matches("TIME \\(UTC\\) +KIND +PREVIOUS -> STATUS +ID +SCOPE .*");
            for (int i = 0; i < sandbox.exports().size(); i++) {
                assertThat(out.readLine()).contains(" INITIAL     - -> ");
            }
            String id = Trees.ids(sandbox.exports(), "PENDING").get(0);
            sandbox.setStatus(id, "ERROR");
            assertThat(out.readLine()).containsPattern("^[0-9: -]{19}  STATUS +PENDING -> ERROR +" + id + " ");
        } finally {
            process.toHandle().destroy();
        }
    }

    @Test
    void closedPipeEndsQuietly() throws Exception {
        Process process = CommandLineProcess.startAt(sandbox, "watch", "--format", "json");
        try (BufferedReader out = CommandLineProcess.reader(process)) {
            assertThat(out.readLine()).isNotNull();
        }
        assertThat(CommandLineProcess.exitCode(process)).isZero();
        assertThat(process.errorReader().readLine()).isNull();
    }

    private static MockResponse page(String status) {
        return new MockResponse.Builder()
                .body("{\"exports\":[{\"id\":\"x\",\"status\":\"" + status + "\"}],\"has_more\":false}")
                .build();
    }

    @Test
    void failedPollIsReportedAndRefusedKeyEndsWatch() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(page("PENDING"));
            for (int attempt = 1; attempt <= 5; attempt++) {
                server.enqueue(new MockResponse.Builder().code(500).build());
            }
            server.enqueue(page("RUNNING"));
            server.enqueue(new MockResponse.Builder().code(401).build());
            server.start();
            String baseUrl = "http://127.0.0.1:" + server.getPort();
            Result result = CommandLineProcess.runAt(
                    baseUrl, CommandLineProcess.KEY, "p", "watch", "--interval", "1s", "--format", "json");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out()).hasSize(2);
            assertThat(result.out().get(1)).contains("\"previous\":\"PENDING\"", "\"status\":\"RUNNING\"");
            assertThat(result.err()).hasSize(3).allMatch(line -> line.startsWith("exports: "));
            assertThat(result.err().get(0)).contains("500", "the watch goes on");
            assertThat(result.err().get(1)).isEqualTo("exports: polls succeed again, after 1 that failed");
            assertThat(result.err().get(2)).contains("401");
            assertThat(result.err().toString()).doesNotContain("--from", CommandLineProcess.KEY);
        }
    }

    @Test
    void failingPollsAreALineAtGrowingDistancesAndSoIsTheirEnd() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            for (int answer = 1; answer <= 3 * 5; answer++) {
                server.enqueue(new MockResponse.Builder()
                        .code(429)
                        .addHeader("Retry-After", "0")
                        .build());
            }
            server.enqueue(page("RUNNING"));
            server.enqueue(new MockResponse.Builder().code(401).build());
            server.start();
            String baseUrl = "http://127.0.0.1:" + server.getPort();
            Result result = CommandLineProcess.runAt(
                    baseUrl, CommandLineProcess.KEY, "p", "watch", "--interval", "1s", "--format", "json");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out()).hasSize(1);
            assertThat(result.err()).hasSize(4);
            assertThat(result.err().get(0)).contains("429").endsWith("the watch goes on");
            assertThat(result.err().get(1)).contains("429", "after 2 polls that failed");
            assertThat(result.err().get(2)).isEqualTo("exports: polls succeed again, after 3 that failed");
            assertThat(result.err().get(3)).contains("401");
        }
    }

    @ParameterizedTest
    @CsvSource({"--interval, 999ms", "--for, 0s", "--for, PT9999999H", "--scope, ''", "--take, 1"})
    void badUsageIsOneLineBeforeAnyCall(String option, String value) throws Exception {
        CommandLineProcess.assertBadUsage(SharedProcess.runAt(sandbox, "watch", option, value));
        assertThat(sandbox.calls()).isZero();
    }

    @Test
    void withoutAKeyTheSandboxMoves() throws Exception {
        Process process = CommandLineProcess.start(Map.of(), "watch", "--format", "json");
        try (BufferedReader out = CommandLineProcess.reader(process)) {
            assertThat(process.errorReader().readLine()).contains("BATCH_REST_API_KEY", "sandbox");
            String line = out.readLine();
            while (Trees.of(line).get("kind").asText().equals("INITIAL")) {
                line = out.readLine();
            }
            assertThat(Trees.of(line).get("kind").asText()).isEqualTo("STATUS");
        } finally {
            process.toHandle().destroy();
        }
    }
}
