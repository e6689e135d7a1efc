package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code exports view} as a process, against a sandbox in this one. */
class ViewIT {

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private String exportId() throws Exception {
        return Trees.of(sandbox.exports().get(3)).get("id").asText();
    }

    private Result view(String... arguments) throws Exception {
        return CommandLineProcess.runAt(sandbox, "view", arguments);
    }

    @Test
    void jsonIsTheExportAsTheApiSentItByOneCall() throws Exception {
        Result result = view(exportId(), "--format", "json");
        assertThat(result.code()).isZero();
        assertThat(Trees.of(result.out()))
                .containsExactly(Trees.of(sandbox.exports().get(3)));
        assertThat(result.err()).isEmpty();
        assertThat(sandbox.viewCalls()).isEqualTo(1);
        assertThat(sandbox.calls()).isEqualTo(1);
    }

    @Test
    void tableMatchesListedRow() throws Exception {
        Result listed = CommandLineProcess.runAt(sandbox, "list", "--take", "4");
        assertThat(view(exportId()).out())
                .containsExactly(listed.out().get(0), listed.out().get(4));
    }

    @Test
    void unknownExportErrorOffersNoCursor() throws Exception {
        Result result = view("export_none", "--format", "json");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: ")
                .contains("404")
                .doesNotContain("--from");
    }

    @Test
    void refusalAdvisesWithoutKey() throws Exception {
        Result result = CommandLineProcess.runAt(
                sandbox.baseUrl(), CommandLineProcess.KEY, Sandbox.PROJECT_KEY, "view", "x", "--verbose");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().toString())
                .contains("401", "check the REST API key", "AuthenticationException", "\tat ")
                .doesNotContain(CommandLineProcess.KEY, "--from");
    }

    @Test
    void transientFailureIsSilentUnlessVerbose() throws Exception {
        for (String[] arguments : new String[][] {{"x"}, {"x", "--verbose"}}) {
            try (MockWebServer server = new MockWebServer()) {
                server.enqueue(new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
                server.enqueue(new MockResponse.Builder()
                        .body("{\"id\":\"x\",\"status\":\"SUCCESS\"}")
                        .build());
                server.start();
                String baseUrl = "http://127.0.0.1:" + server.getPort();
                Result result = CommandLineProcess.runAt(baseUrl, CommandLineProcess.KEY, "p", "view", arguments);
                assertThat(result.code()).isZero();
                assertThat(server.getRequestCount()).isEqualTo(2);
                assertThat(result.err().isEmpty()).isEqualTo(arguments.length == 1);
                assertThat(result.err().toString()).doesNotContain(CommandLineProcess.KEY);
            }
        }
    }

    @Test
    void badUsageIsOneLineBeforeAnyCall() throws Exception {
        for (String[] arguments : new String[][] {{}, {" "}, {"a", "b"}, {"a", "--take", "1"}}) {
            CommandLineProcess.assertBadUsage(SharedProcess.runAt(sandbox, "view", arguments));
        }
        assertThat(sandbox.calls()).isZero();
    }

    @Test
    void withoutAKeyItViewsAnExportOfASandboxOfItsOwn() throws Exception {
        Result result = CommandLineProcess.run(Map.of(), "view", exportId());
        assertThat(result.code()).isZero();
        assertThat(result.out()).hasSize(2).element(1).asString().startsWith(exportId());
        assertThat(result.err()).singleElement().asString().contains("BATCH_REST_API_KEY", "sandbox");
    }
}
