package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Interim responses (RFC 9110, 15.2), which precede the final one and which this client does not use. */
class InformationalResponseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PAGE = "{\"exports\":[{\"id\":\"x\",\"status\":\"SUCCESS\"}]}";

    private static Reply after(String informational, Reply real) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(informational.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(real.bytes());
        return new Reply(bytes.toByteArray(), real.after());
    }

    private static BatchExportsClient client(String baseUrl) {
        return BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl(baseUrl)
                .requestsPerSecond(0)
                .retry(RetryPolicy.none())
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n",
                "HTTP/1.1 199 Odd\r\n\r\n"
            })
    void interimResponsesAreDiscarded(String informational) {
        Reply page = Reply.text("HTTP/1.1 200 OK\r\nContent-Length: " + PAGE.length(), PAGE, After.KEEP);
        try (RawServer server = new RawServer(request -> after(informational, page));
                BatchExportsClient client = client(server.baseUrl())) {
            StepVerifier.create(client.list().map(ExportRequest::id))
                    .expectNext("x")
                    .expectComplete()
                    .verify(PATIENCE);
            // The connection can be used for the next call.
            StepVerifier.create(client.list().map(ExportRequest::id))
                    .expectNext("x")
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    /** Each in a packet of its own: after a discarded response the client has to read again. */
    @Test
    void finalResponseMayComeInALaterPacket() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread server = new Thread(() -> answerInPackets(listener));
            server.start();
            try (BatchExportsClient client = client("http://127.0.0.1:" + listener.getLocalPort())) {
                StepVerifier.create(client.list().map(ExportRequest::id))
                        .expectNext("x")
                        .expectComplete()
                        .verify(PATIENCE);
            }
        }
    }

    private static void answerInPackets(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            while (!request.readLine().isEmpty()) {
                // The request's headers.
            }
            for (String packet : new String[] {
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 103 Early",
                " Hints\r\nLink: </style.css>\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: " + PAGE.length() + "\r\n\r\n",
                PAGE
            }) {
                socket.getOutputStream().write(packet.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                Mono.delay(Duration.ofMillis(50)).block();
            }
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void interimResponsesOfTheStorageAreDiscarded() {
        try (FileServer server = FileServer.of(10_000);
                BatchExportsClient client =
                        server.options().retry(RetryPolicy.none()).build()) {
            String hints = "HTTP/1.1 103 Early Hints\r\n\r\n";
            server.api((call, request) -> after(hints, FileServer.link(307, server.storageUrl())));
            server.storage((call, request) -> after(hints, server.part(request, Integer.MAX_VALUE, After.KEEP)));
            assertThat(DownloadTest.bytes(client.download(FileServer.FILE))).isEqualTo(server.content);
        }
    }
}
