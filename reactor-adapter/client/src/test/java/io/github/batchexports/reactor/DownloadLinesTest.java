package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.reactor.RawServer.After;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** A file's lines, split from its buffers. */
class DownloadLinesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> LINES = IntStream.range(0, 3_000)
            .mapToObj(i -> "{\"id\":" + i + ",\"name\":\"" + "é日🙂".repeat(i % 20) + "\"}")
            .toList();

    private static FileServer server(String text) {
        return new FileServer(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(FileServer server) {
        try (server;
                BatchExportsClient client = server.options().build()) {
            return client.downloadLines(FileServer.FILE).collectList().block(PATIENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void linesEndAtLineFeedWithOrWithoutCarriageReturn(String end) {
        assertThat(lines(server(String.join(end, LINES) + end))).isEqualTo(LINES);
        assertThat(lines(server(String.join(end, LINES)))).isEqualTo(LINES);
    }

    @Test
    void linesMaySpanBrokenTransfers() {
        FileServer server = server(String.join("\n", LINES) + "\n");
        server.storage((call, request) -> call < 400 ? server.part(request, 101, After.CLOSE) : null);
        assertThat(lines(server)).isEqualTo(LINES);
        assertThat(server.storageCalls()).hasSize(400);
    }

    @Test
    void emptyLinesAreKept() {
        assertThat(lines(server("\n\na\n\r\n\nb"))).containsExactly("", "", "a", "", "", "b");
        assertThat(lines(server(""))).isEmpty();
    }

    @Test
    void linesAreDeliveredOnDemand() {
        try (FileServer server = server(String.join("\n", LINES));
                BatchExportsClient client = server.options().build()) {
            StepVerifier.Step<String> steps = StepVerifier.create(client.downloadLines(FileServer.FILE), 0);
            for (String line : LINES) {
                steps = steps.thenRequest(1).expectNext(line);
            }
            steps.expectComplete().verify(PATIENCE);
            assertThat(server.storageCalls()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_025, 100_000})
    void tooLongLineFailsAfterTheLinesBeforeIt(int length) {
        try (FileServer server = server("a\nb\n" + "x".repeat(1_024) + "\n" + "y".repeat(length) + "\nc\n");
                BatchExportsClient client = server.options().maxPageBytes(1_024).build()) {
            StepVerifier.create(client.downloadLines(FileServer.FILE))
                    .expectNext("a", "b", "x".repeat(1_024))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(MalformedResponseException.class)
                            .hasMessageContaining("line 4: longer than maxPageBytes, 1024 bytes"))
                    .verify(PATIENCE);
            assertThat(server.storageCalls()).hasSize(1);
        }
    }

    @Test
    void transferResumesWithinALine() {
        FileServer server = server("first\nsecond\nthird");
        server.storage((call, request) -> call == 1 ? server.part(request, 9, After.RESET) : null);
        assertThat(lines(server)).containsExactly("first", "second", "third");
    }

    @Test
    void failedTransferDeliversOnlyCompleteLines() {
        try (FileServer server = server("first\nsecond\nthird").withoutRanges();
                BatchExportsClient client = server.options().build()) {
            server.storage((call, request) -> call == 1 ? server.part(request, 9, After.CLOSE) : null);
            StepVerifier.create(client.downloadLines(FileServer.FILE))
                    .expectNext("first")
                    .expectError(DownloadException.class)
                    .verify(PATIENCE);
        }
    }
}
