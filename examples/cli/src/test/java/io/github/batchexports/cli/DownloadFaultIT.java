package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code exports download} against servers that are strange, hostile or gone, and when it is interrupted. */
class DownloadFaultIT {

    private final MockWebServer api = new MockWebServer();
    private final MockWebServer storage = new MockWebServer();
    private volatile String export = "";

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        storage.start();
        api.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getTarget().startsWith("/2.8/exports/view?")
                        ? new MockResponse.Builder().body(export).build()
                        : new MockResponse.Builder()
                                .code(307)
                                .addHeader(
                                        "Location",
                                        storage.url("/" + request.getUrl().queryParameter("id")))
                                .build();
            }
        });
        api.start();
    }

    @AfterEach
    void close() {
        api.close();
        storage.close();
    }

    private String[] arguments(String... more) {
        String baseUrl = "http://127.0.0.1:" + api.getPort();
        return CommandLineProcess.at(
                baseUrl,
                "download",
                Stream.concat(Stream.of("x", "--to", directory.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private Process begin() throws Exception {
        return CommandLineProcess.start(CommandLineProcess.environment(CommandLineProcess.KEY, "p"), arguments());
    }

    private Result download(String... more) throws Exception {
        return CommandLineProcess.run(CommandLineProcess.environment(CommandLineProcess.KEY, "p"), arguments(more));
    }

    private List<String> saved() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void answerWithFiles(String files) {
        export = "{\"id\":\"x\",\"status\":\"SUCCESS\",\"files\":[" + files + "]}";
    }

    /** More than arrives while a test runs. */
    private void sendWithoutEnd() {
        storage.enqueue(new MockResponse.Builder()
                .body("0123456789".repeat(1_000_000))
                .throttleBody(10_000, 100, TimeUnit.MILLISECONDS)
                .build());
    }

    private void assertRefusedBeforeAnyDownload(Result result, String... words) throws Exception {
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: ")
                .contains(words)
                .doesNotContain("Exception", CommandLineProcess.KEY);
        assertThat(api.getRequestCount()).isEqualTo(1);
        assertThat(saved()).isEmpty();
    }

    @Test
    void anotherExportThanTheOneAskedForIsRefused() throws Exception {
        export = "{\"id\":\"../x\",\"status\":\"SUCCESS\",\"files\":[{\"id\":\"a\",\"part\":1}]}";
        assertRefusedBeforeAnyDownload(download("--overwrite"), "../x");
    }

    @Test
    void twoFilesWithOnePartAreRefusedUnlessOneIsChosen() throws Exception {
        answerWithFiles("{\"id\":\"a\",\"part\":2},{\"id\":\"../b\"}");
        assertRefusedBeforeAnyDownload(download(), "part 2", "a", "../b", "--file");
        storage.enqueue(new MockResponse.Builder().body("{}\n").build());
        assertThat(download("--file", "a").code()).isZero();
        assertThat(saved()).containsExactly("x.2.jsonl");
    }

    @Test
    void fileWithoutIdIsRefused() throws Exception {
        answerWithFiles("{\"id\":\"a\"},{\"part\":7}");
        assertRefusedBeforeAnyDownload(download(), "part 7");
    }

    @Test
    void filesWithoutAPartAreNumberedByTheirPlaceAndTheirIdsNameNothing() throws Exception {
        answerWithFiles("{\"id\":\"../../a\",\"size\":1},{\"id\":\"b/c\"}");
        storage.enqueue(new MockResponse.Builder().body("one\n").build());
        storage.enqueue(new MockResponse.Builder().body("two\n").build());
        Result result = download();
        assertThat(result.code()).isZero();
        assertThat(saved()).containsExactly("x.1.jsonl", "x.2.jsonl");
        assertThat(directory.resolve("x.1.jsonl")).hasContent("one\n");
        assertThat(directory.resolve("x.2.jsonl")).hasContent("two\n");
        for (int i = 0; i < 2; i++) {
            assertThat(storage.takeRequest().getHeaders().names()).doesNotContain("Authorization", "X-Batch-Project");
        }
    }

    @Test
    void signalDuringTransferLeavesNothing() throws Exception {
        answerWithFiles("{\"id\":\"a\",\"part\":1}");
        sendWithoutEnd();
        Process process = begin();
        assertThat(storage.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(saved()).singleElement().asString().endsWith(".part");
        process.toHandle().destroy();
        assertThat(CommandLineProcess.exitCode(process)).isEqualTo(143);
        assertThat(saved()).isEmpty();
        assertThat(CommandLineProcess.reader(process).readLine()).isNull();
        assertThat(process.errorReader().readLine()).isNull();
    }

    @Test
    void serversThatGoAwayInTheMidstAreOneLineAndNothingIsLeft() throws Exception {
        answerWithFiles("{\"id\":\"a\",\"part\":1}");
        sendWithoutEnd();
        Process process = begin();
        assertThat(storage.takeRequest(60, TimeUnit.SECONDS)).isNotNull();
        storage.close();
        api.close();
        assertThat(CommandLineProcess.exitCode(process)).isEqualTo(1);
        assertThat(process.errorReader().lines())
                .singleElement()
                .asString()
                .startsWith("exports: download file")
                .doesNotContain("--from", CommandLineProcess.KEY);
        assertThat(saved()).isEmpty();
    }
}
