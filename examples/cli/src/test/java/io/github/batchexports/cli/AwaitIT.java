package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code exports await} as a process, against a server that answers as each test says. */
class AwaitIT {

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String baseUrl() {
        return "http://127.0.0.1:" + server.getPort();
    }

    private Result await(String... arguments) throws Exception {
        return CommandLineProcess.runAt(baseUrl(), CommandLineProcess.KEY, "p", "await", arguments);
    }

    private static String export(String status) {
        return "{\"id\":\"x\",\"status\":\"" + status + "\",\"files\":[],\"note\":[1,null]}";
    }

    private void answer(String... statuses) {
        for (String status : statuses) {
            server.enqueue(new MockResponse.Builder().body(export(status)).build());
        }
    }

    @Test
    void itLooksUntilTheExportHasSucceededAndPrintsIt() throws Exception {
        answer("PENDING", "RUNNING", "ARCHIVING", "SUCCESS");
        Result result = await("x", "--interval", "20ms", "--timeout", "1h", "--format", "json");
        assertThat(result.code()).isZero();
        assertThat(Trees.of(result.out())).containsExactly(Trees.of(export("SUCCESS")));
        assertThat(result.err()).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(4);
        assertThat(server.takeRequest().getTarget()).isEqualTo("/2.8/exports/view?id=x");
    }

    @Test
    void failedExportIsPrintedAndExitsWith3() throws Exception {
        answer("RUNNING", "ERROR");
        Result result = await("x", "--interval", "20ms");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).hasSize(2).element(1).asString().matches("x +ERROR .*");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whenTheTimeIsUpItIsOneLineAndExitCode4() throws Exception {
        answer("RUNNING");
        Result result = await("x", "--interval", "1h", "--timeout", "2s");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: export x has not ended")
                .endsWith("--timeout");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"503, HTTP 503", "0, connection"})
    void timeoutInWhichNoCallSucceededNamesLastFailure(int code, String reason) throws Exception {
        MockResponse.Builder failure = new MockResponse.Builder();
        server.enqueue(
                (code == 0 ? failure.onResponseStart(new SocketEffect.CloseSocket()) : failure.code(code)).build());
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        Result result = await("x", "--interval", "20ms", "--timeout", "3s");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: export x has not ended within --timeout; no call succeeded, the last one: ")
                .contains(reason);
    }

    @Test
    void permanentFailureEndsWait() throws Exception {
        answer("RUNNING");
        server.enqueue(new MockResponse.Builder().code(403).build());
        Result result = await("x", "--interval", "20ms");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .contains("403")
                .doesNotContain("--from", CommandLineProcess.KEY);
    }

    @Test
    void signalEndsWait() throws Exception {
        answer("RUNNING");
        Process process = CommandLineProcess.start(
                CommandLineProcess.environment(CommandLineProcess.KEY, "p"),
                CommandLineProcess.at(baseUrl(), "await", "x", "--interval", "1h"));
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
        process.toHandle().destroy();
        assertThat(CommandLineProcess.exitCode(process)).isEqualTo(143);
        assertThat(CommandLineProcess.reader(process).readLine()).isNull();
        assertThat(process.errorReader().readLine()).isNull();
    }

    @Test
    void badUsageIsOneLineBeforeAnyCall() throws Exception {
        for (String[] arguments : new String[][] {
            {}, {"x", "--timeout", "0s"}, {"x", "--timeout", "-PT1S"}, {"x", "--interval", "25h"}, {"x", "--for", "1s"}
        }) {
            CommandLineProcess.assertBadUsage(
                    SharedProcess.runAt(baseUrl(), CommandLineProcess.KEY, "p", "await", arguments));
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void withoutAKeyAnExportOfTheSandboxComesToItsEnd() throws Exception {
        try (Sandbox same = Sandbox.start()) {
            String id = Trees.ids(same.exports(), "RUNNING").get(0);
            Result result = CommandLineProcess.run(Map.of(), "await", id, "--interval", "100ms", "--format", "json");
            assertThat(result.code()).isIn(0, 3);
            assertThat(Trees.of(result.out()))
                    .singleElement()
                    .matches(export -> export.get("id").asText().equals(id))
                    .matches(export -> export.has("completion_date"));
        }
    }

    @Test
    void helpListsExitCodes() throws Exception {
        Result result = SharedProcess.run(Map.of(), "await", "--help");
        assertThat(result.code()).isZero();
        assertThat(result.out().toString()).contains("Exit codes:", "  0 ", "  1 ", "  2 ", "  3 ", "  4 ");
    }
}
