package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.batchexports.ExportFile;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

/** What a download requests from the API and the storage, and when. */
class DownloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FileServer server = FileServer.of(100_000);
    private final BatchExportsClient client = server.options().build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    static byte[] bytes(Flux<ByteBuffer> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.doOnNext(piece -> all.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining()))
                .blockLast(PATIENCE);
        return all.toByteArray();
    }

    @Test
    void contentComesFromTheLinkedStorage() {
        assertThat(bytes(client.download(FileServer.FILE))).isEqualTo(server.content);
        assertThat(server.apiCalls()).hasSize(1);
        assertThat(server.storageCalls()).hasSize(1);
        assertThat(server.storageCalls().get(0).target()).isEqualTo("/files/a%20file?" + FileServer.SIGNATURE);
    }

    @Test
    void fileIsRequestedByItsIdNotItsUrl() {
        bytes(client.download(FileServer.FILE));
        RawServer.Request request = server.apiCalls().get(0);
        assertThat(request.target()).isEqualTo("/2.8/exports/download?id=file_1");
        assertThat(request.headers())
                .containsEntry("authorization", "Bearer " + ExportsServer.KEY)
                .containsEntry("x-batch-project", ExportsServer.PROJECT)
                .doesNotContainKeys("range", "if-range", "accept-encoding");
        assertThat(server.storageCalls().get(0).headers())
                .containsOnlyKeys("host", "user-agent", "accept")
                .hasEntrySatisfying("user-agent", agent -> assertThat(agent).startsWith("batch-exports-java/"));
    }

    @Test
    void schedulerThatWasDisposedOfDoesNotEndADownload() {
        Scheduler disposed = Schedulers.newSingle("disposed");
        try (BatchExportsClient other = server.options().scheduler(disposed).build()) {
            disposed.dispose();
            assertThat(bytes(other.download(FileServer.FILE))).isEqualTo(server.content);
        }
    }

    @ParameterizedTest
    @CsvSource({"a b+c,a%20b%2Bc", "../list?x=1&y,..%2Flist%3Fx%3D1%26y", "é%2F#,%C3%A9%252F%23"})
    void idIsEncodedOnce(String id, String encoded) {
        bytes(client.download(ExportFile.builder().id(id).build()));
        assertThat(server.apiCalls().get(0).target()).isEqualTo("/2.8/exports/download?id=" + encoded);
    }

    @Test
    void requestUsesTheClientsApiVersion() {
        try (BatchExportsClient other = server.options().apiVersion("2.13").build()) {
            bytes(other.download(FileServer.FILE));
        }
        assertThat(server.apiCalls().get(0).target()).startsWith("/2.13/exports/download?");
    }

    @Test
    void fileWithoutIdIsRejectedAtOnce() {
        ExportFile file = ExportFile.builder()
                .size(5L)
                .url("https://api.batch.com/2.4/exports/download?id=x")
                .build();
        assertThatThrownBy(() -> client.download(file)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.downloadLines(file)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.downloadTo(file, Path.of("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.download(ExportFile.builder().id(" ").build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutDemandNothingIsRequested(@TempDir Path directory) {
        StepVerifier.create(client.download(FileServer.FILE), 0)
                .expectSubscription()
                .thenCancel()
                .verify(PATIENCE);
        StepVerifier.create(client.downloadLines(FileServer.FILE), 0)
                .expectSubscription()
                .thenCancel()
                .verify(PATIENCE);
        client.downloadTo(FileServer.FILE, directory.resolve("file"));
        // A whole download uses the same connections afterwards, so that earlier calls would have been counted.
        bytes(client.download(FileServer.FILE));
        assertThat(server.apiCalls()).hasSize(1);
        assertThat(server.storageCalls()).hasSize(1);
    }

    @Test
    void eachSubscriberDownloadsSeparately() {
        Flux<ByteBuffer> download = client.download(FileServer.FILE);
        assertThat(bytes(download)).isEqualTo(server.content);
        assertThat(bytes(download)).isEqualTo(server.content);
        assertThat(server.apiCalls()).hasSize(2);
        assertThat(server.storageCalls()).hasSize(2);
    }

    @Test
    void apiMayServeTheContentItself() {
        server.api((call, request) -> server.part(request, Integer.MAX_VALUE, After.KEEP));
        assertThat(bytes(client.download(FileServer.FILE))).isEqualTo(server.content);
        assertThat(server.storageCalls()).isEmpty();
    }

    @Test
    void emptyFileCompletesWithoutBytes() {
        try (FileServer empty = new FileServer(new byte[0]);
                BatchExportsClient other = empty.options().build()) {
            StepVerifier.create(other.download(FileServer.FILE))
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void storageHttpClientMayAllowLongerHeaders() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Long: " + "x".repeat(12_000);
        server.storage((call, request) -> Reply.text(head, "bytes", After.KEEP));
        try (BatchExportsClient changed = server.options()
                .storageHttpClient(http -> http.httpResponseDecoder(limits -> limits.maxHeaderSize(65_536)))
                .build()) {
            assertThat(bytes(changed.download(FileServer.FILE))).asString().isEqualTo("bytes");
        }
    }

    @Test
    void storageNeverGetsCredentialHeaders() {
        try (BatchExportsClient changed = server.options()
                .storageHttpClient(http -> http.compress(true)
                        .followRedirect(true)
                        .headers(headers ->
                                headers.set("Authorization", "Bearer x").set("X-Batch-Project", "x"))
                        .headersWhen(headers -> Mono.just(
                                headers.set("Authorization", "Bearer y").set("X-Batch-Project", "y")))
                        .doOnRequest((request, connection) ->
                                request.header("Authorization", "Bearer z").header("X-Batch-Project", "z")))
                .build()) {
            assertThat(bytes(changed.download(FileServer.FILE))).isEqualTo(server.content);
        }
        assertThat(server.storageCalls().get(0).headers()).doesNotContainKey("accept-encoding");
    }

    @Test
    void storageHasItsOwnConnections() {
        // One server for both: a shared pool would reuse one connection.
        server.api((call, request) -> request.target().startsWith("/2.8/")
                ? FileServer.link(307, "/here")
                : server.part(request, Integer.MAX_VALUE, After.KEEP));
        List<String> ports = new CopyOnWriteArrayList<>();
        try (BatchExportsClient watched = server.options()
                .httpClient(http -> watching(http, ports))
                .storageHttpClient(http -> watching(http, ports))
                .build()) {
            bytes(watched.download(FileServer.FILE));
            bytes(watched.download(FileServer.FILE));
        }
        assertThat(ports).hasSize(4);
        assertThat(List.of(ports.get(0), ports.get(2))).doesNotContain(ports.get(1), ports.get(3));
        assertThat(server.apiCalls().get(1).headers()).doesNotContainKeys("authorization", "x-batch-project");
    }

    @Test
    void httpClientCustomizerDoesNotAffectTheStorage() {
        List<String> connections = new CopyOnWriteArrayList<>();
        List<String> storageConnections = new CopyOnWriteArrayList<>();
        try (BatchExportsClient changed = server.options()
                .storageHttpClient(http -> watching(http, storageConnections)
                        .headers(headers -> headers.set("X-Storage-Gateway", "other")))
                .httpClient(http -> watching(http, connections)
                        .cookie(new DefaultCookie("session", "secret"))
                        .headers(headers -> headers.set("X-Api-Gateway", "secret")))
                .build()) {
            assertThat(bytes(changed.download(FileServer.FILE))).isEqualTo(server.content);
        }
        assertThat(connections).hasSize(1);
        assertThat(server.apiCalls().get(0).headers()).containsKeys("cookie", "x-api-gateway");
        assertThat(server.storageCalls().get(0).headers()).doesNotContainKeys("cookie", "x-api-gateway");
        assertThat(storageConnections).hasSize(1);
        assertThat(server.storageCalls().get(0).headers()).containsKey("x-storage-gateway");
        assertThat(server.apiCalls().get(0).headers()).doesNotContainKey("x-storage-gateway");
    }

    private static HttpClient watching(HttpClient http, List<String> connections) {
        return http.doOnRequest((request, connection) ->
                connections.add(String.valueOf(connection.channel().localAddress())));
    }

    @Test
    void cancelClosesTheStorageConnection() throws InterruptedException {
        server.storage((call, request) -> server.part(request, 50_000, After.UNTIL_ABORTED));
        client.download(FileServer.FILE).take(1).blockLast(PATIENCE);
        assertThat(server.storageServer().awaitAborted()).isTrue();
        assertThat(server.storageCalls()).hasSize(1);
    }

    @Test
    void cancelWithoutDemandClosesTheStorageConnection() throws InterruptedException {
        server.storage((call, request) -> server.part(request, 50_000, After.UNTIL_ABORTED));
        StepVerifier.create(client.download(FileServer.FILE), 1)
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);
        assertThat(server.storageServer().awaitAborted()).isTrue();
    }

    @Test
    void closingTheClientFailsItsDownloads() throws InterruptedException {
        server.storage((call, request) -> server.part(request, 50_000, After.UNTIL_ABORTED));
        StepVerifier.create(client.download(FileServer.FILE), 1)
                .expectNextCount(1)
                .then(client::close)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ClientClosedException.class)
                        .hasMessageStartingWith("download file failed"))
                .verify(PATIENCE);
        assertThat(server.storageServer().awaitAborted()).isTrue();
        StepVerifier.create(client.downloadLines(FileServer.FILE))
                .expectError(ClientClosedException.class)
                .verify(PATIENCE);
        assertThat(server.apiCalls()).hasSize(1);
    }

    @Test
    void sizeMismatchIsOnlyLogged() {
        Logger logger = (Logger) LoggerFactory.getLogger(BatchExportsClient.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.INFO);
        try {
            Map.of("same", 100_000L, "other\nfile", 7L)
                    .forEach((id, size) -> bytes(client.download(
                            ExportFile.builder().id(id).size(size).build())));
        } finally {
            logger.setLevel(null);
            logger.detachAppender(logged);
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .isEqualTo("file id=other%0Afile has 100000 bytes, where its export says 7"));
    }

    @Test
    void contentWithoutLengthIsDownloadedWhole() {
        server.withoutLength();
        assertThat(bytes(client.download(FileServer.FILE))).isEqualTo(server.content);
        server.storage((call, request) -> new Reply(
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil closed".getBytes(StandardCharsets.US_ASCII),
                After.CLOSE));
        assertThat(bytes(client.download(FileServer.FILE))).asString().isEqualTo("until closed");
    }
}
