package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code exports create} as a process, against a server that answers as each test says, and against a sandbox. */
class CreateIT {

    private static final String REQUEST = "{\"export_type\":\"ATTRIBUTES\",\"attributes\":[\"$language\"]}";

    private final MockWebServer server = new MockWebServer();

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Path file(String content) throws Exception {
        return Files.writeString(directory.resolve("request.json"), content);
    }

    private String[] arguments(String... arguments) {
        return CommandLineProcess.at("http://127.0.0.1:" + server.getPort(), "create", arguments);
    }

    private Result create(String... arguments) throws Exception {
        return CommandLineProcess.run(
                CommandLineProcess.environment(CommandLineProcess.KEY, "p"), arguments(arguments));
    }

    private Result refused(String... arguments) throws Exception {
        return SharedProcess.run(CommandLineProcess.environment(CommandLineProcess.KEY, "p"), arguments(arguments));
    }

    private void answer(int code, String body) {
        server.enqueue(new MockResponse.Builder().code(code).body(body).build());
    }

    @Test
    void requestIsSentUnchangedAndIdPrinted() throws Exception {
        String request = "{\"zeta\":{\"b\":[1.10,1e400,12345678901234567890,null,true,{}],\"a\":\"\u00e9\\u0001\"},"
                + "\"export_type\":\"EVENTS\",\"attributes\":null,\"filter\":{\"segment\":null,\"x\":1},"
                + "\"identifiers\":\"odd\",\"to\":\"now\"}";
        answer(202, "{\"id\":\"export_1\"}");
        Result result = create(file(request).toString());
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).containsExactly("export_1");
        assertThat(result.err()).isEmpty();
        RecordedRequest sent = server.takeRequest();
        assertThat(sent.getRequestLine()).startsWith("POST /2.8/profiles/export ");
        assertThat(Trees.of(sent.getBody().utf8())).isEqualTo(Trees.of(request));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void standardInputIsReadForADash() throws Exception {
        answer(202, "{\"id\":\"export_1\"}");
        Process process = CommandLineProcess.start(
                CommandLineProcess.environment(CommandLineProcess.KEY, "p"), arguments("-", "--format", "json"));
        try (var in = process.outputWriter()) {
            in.write(REQUEST);
        }
        Result result = CommandLineProcess.result(process);
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).containsExactly("{\"id\":\"export_1\"}");
        assertThat(Trees.of(server.takeRequest().getBody().utf8())).isEqualTo(Trees.of(REQUEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SUCCESS | 0", "ERROR | 3", "EXPIRED | 3"})
    void awaitingPrintsTheExportOnALineOfItsOwnAndEndsAsAwaitDoes(String status, int code) throws Exception {
        String export = "{\"id\":\"export_1\",\"status\":\"" + status + "\",\"files\":[],\"note\":1}";
        answer(202, "{\"id\":\"export_1\"}");
        answer(200, export.replace(status, "RUNNING"));
        answer(200, export);
        Result result = create(file(REQUEST).toString(), "--await", "--interval", "20ms", "--format", "json");
        assertThat(result.code()).as("%s", result.err()).isEqualTo(code);
        assertThat(Trees.of(result.out())).isEqualTo(Trees.of(List.of("{\"id\":\"export_1\"}", export)));
    }

    @Test
    void timeoutStillPrintsId() throws Exception {
        answer(202, "{\"id\":\"export_1\"}");
        answer(200, "{\"id\":\"export_1\",\"status\":\"RUNNING\"}");
        Result result = create(file(REQUEST).toString(), "--await", "--interval", "1h", "--timeout", "2s");
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).containsExactly("export_1");
        assertThat(result.err()).singleElement().asString().contains("export_1", "--timeout");
    }

    @Test
    void downloadingGoesOnToTheFiles() throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                .fileBytes(100_000)
                .exportTakes(Duration.ofMillis(200))
                .start()) {
            Path files = directory.resolve("new").resolve("files");
            Result result = CommandLineProcess.runAt(
                    sandbox,
                    "create",
                    file(REQUEST).toString(),
                    "--download-to",
                    files.toString(),
                    "--interval",
                    "100ms",
                    "--format",
                    "json");
            assertThat(result.code()).as("%s", result.err()).isZero();
            List<JsonNode> lines = Trees.of(result.out());
            String id = lines.get(0).get("id").asText();
            assertThat(lines.get(1).get("id").asText()).isEqualTo(id);
            List<String> fileIds = sandbox.fileIds(id);
            assertThat(fileIds).isNotEmpty();
            assertThat(lines).hasSize(2 + fileIds.size());
            for (int i = 0; i < fileIds.size(); i++) {
                Path file = files.resolve(id + "." + (i + 1) + ".jsonl");
                assertThat(lines.get(2 + i).get("path").asText()).isEqualTo(file.toString());
                assertThat(file).hasSize(100_000);
            }
            assertThat(sandbox.createCalls()).isEqualTo(1);
        }
    }

    @Test
    void unconfirmedCreateIsSentOnceAndReported() throws Exception {
        answer(500, "{}");
        assertUnconfirmed(create(file(REQUEST).toString()));
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        assertUnconfirmed(create(file(REQUEST).toString()));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    private static void assertUnconfirmed(Result result) {
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .contains("may have been created", "list")
                .doesNotContain("Exception", CommandLineProcess.KEY);
    }

    @Test
    void interruptWarnsExportMayExist() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        Process process = CommandLineProcess.start(
                CommandLineProcess.environment(CommandLineProcess.KEY, "p"),
                arguments(file(REQUEST).toString()));
        assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
        process.toHandle().destroy();
        assertThat(CommandLineProcess.exitCode(process)).isEqualTo(143);
        assertThat(process.errorReader().lines()).singleElement().asString().contains("may have been created", "list");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "## | one JSON object",
                "[] | one JSON object",
                "null | one JSON object",
                "\"x\" | one JSON object",
                "{} {} | one JSON object",
                "{\"a\":1,\"a\":2} | line 1",
                "{\"a\": | ends in the middle",
                "{} | export_type"
            })
    void invalidRequestIsBadUsageBeforeAnyCall(String content, String word) throws Exception {
        Result result = refused(file(content).toString());
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0)).contains("request.json", word);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void badUsageIsOneLineBeforeAnyCall() throws Exception {
        String request = file(REQUEST).toString();
        String link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"))
                .toString();
        for (String[] arguments : new String[][] {
            {},
            {directory.resolve("none").toString()},
            {directory.toString()},
            {request, "--timeout", "1s"},
            {request, "--await", "--timeout", "0s"},
            {request, "--download-to", request},
            {request, "--download-to", Path.of(request, "below").toString()},
            {request, "--download-to", link}
        }) {
            CommandLineProcess.assertBadUsage(refused(arguments));
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void unreadableFileErrorSaysReason() throws Exception {
        Path loop = directory.resolve("loop.json");
        Files.createSymbolicLink(loop, loop);
        Result result = refused(loop.toString());
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0))
                .startsWith("exports: " + loop + " cannot be read: ")
                .doesNotContain("read: " + loop);

        Path secret = Files.createFile(directory.resolve("secret.json"));
        secret.toFile().setReadable(false);
        // Root reads every file, but not what is only there to be written.
        Path unreadable = Files.isReadable(secret) ? Path.of("/proc/sys/vm/compact_memory") : secret;
        assumeTrue(Files.exists(unreadable) && !Files.isReadable(unreadable), "every file can be read");
        assertThat(refused(unreadable.toString()).err().get(0))
                .startsWith("exports: " + unreadable + " cannot be read: no permission;");
    }

    @Test
    void withoutAKeyItCreatesInASandboxOfItsOwn() throws Exception {
        Result result =
                CommandLineProcess.run(Map.of(), "create", file(REQUEST).toString(), "--await", "--interval", "200ms");
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out())
                .hasSize(3)
                .element(2)
                .asString()
                .startsWith(result.out().get(0) + "  SUCCESS");
    }
}
