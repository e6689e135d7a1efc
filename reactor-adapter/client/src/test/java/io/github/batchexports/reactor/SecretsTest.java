package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Looks for the key in everything that is logged at TRACE, thrown or printed while every kind of fault happens. */
class SecretsTest {

    private static final String KEY = ExportsServer.KEY;

    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void listen() {
        logged.start();
        root.detachAndStopAllAppenders();
        root.setLevel(Level.TRACE);
        root.addAppender(logged);
    }

    @AfterEach
    void restore() {
        root.detachAppender(logged);
        root.setLevel(before);
    }

    private void list(Reply reply) {
        try (RawServer server = new RawServer(request -> reply)) {
            BatchExportsClientBuilder options = BatchExportsClient.builder()
                    .restApiKey(KEY)
                    .projectKey(ExportsServer.PROJECT)
                    .baseUrl(server.baseUrl())
                    .requestsPerSecond(0)
                    .responseTimeout(Duration.ofMillis(150))
                    .retry(RetryPolicy.builder()
                            .maxAttempts(2)
                            .firstDelay(Duration.ofMillis(1))
                            .build());
            seen.add(options.toString());
            try (BatchExportsClient client = options.build()) {
                seen.add(client.toString());
                seen.add(client.list().toString());
                client.list().blockLast(Duration.ofSeconds(20));
            }
            assertThat(server.first().headers()).containsEntry("authorization", "Bearer " + KEY);
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            seen.add(trace.toString());
        }
    }

    /** A download by a link that is a secret too, from a storage that echoes it wherever it can. */
    private void download(FileServer.Fault fault) {
        try (FileServer server = FileServer.of(1_000).storage(fault);
                BatchExportsClient client =
                        server.options().responseTimeout(Duration.ofMillis(150)).build()) {
            DownloadTest.bytes(client.download(FileServer.FILE));
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            seen.add(trace.toString());
        }
    }

    private static Reply head(String text) {
        return Reply.text(text, "", After.CLOSE);
    }

    @Test
    void noDownloadFaultShowsTheKeyOrTheLink() {
        String secret = FileServer.SIGNATURE;
        // A dripping response is just a slow file.
        Fault.all().stream()
                .filter(fault -> fault.reply().after() != After.DRIP)
                .forEach(fault -> download((call, request) -> fault.reply()));
        download((call, request) -> head("HTTP/1.1 403 " + secret + "\r\nContent-Length: 0\r\nX: " + secret));
        download((call, request) -> head(secret));
        download((call, request) -> head("HTTP/1.1 200 OK\r\nContent-Length: " + secret));
        download((call, request) -> head("HTTP/1.1 200 OK\r\n" + secret));
        download((call, request) -> head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + secret));
        download((call, request) -> head("HTTP/1.1 206 Part\r\nContent-Range: " + secret));
        download((call, request) -> FileServer.link(307, "http://storage.example/?" + secret));
        download((call, request) -> FileServer.link(307, "https://127.0.0.1:1/?" + secret));
        download((call, request) -> FileServer.link(307, "https://no-such-host.invalid/?" + secret));
        download((call, request) -> call == 1 ? null : FileServer.status(500, ""));
        assertKeyWasNotSeen();
        assertThat(seen).hasSizeGreaterThan(50).noneMatch(text -> text.contains("signature"));
        assertThat(logged.list)
                .filteredOn(event -> event.getLoggerName().startsWith("io.github.batchexports"))
                .noneMatch(event -> text(event).contains("signature"));
    }

    private void assertKeyWasNotSeen() {
        root.detachAppender(logged);
        logged.stop();
        // Connections of the last faults may still log: an appender appends under its own lock.
        List<ILoggingEvent> events;
        synchronized (logged) {
            events = List.copyOf(logged.list);
        }
        assertThat(seen).isNotEmpty();
        assertThat(logged.list)
                .extracting(ILoggingEvent::getLoggerName)
                .anyMatch(name -> name.startsWith("reactor.netty"));
        assertThat(events).extracting(ILoggingEvent::getLoggerName).contains(BatchExportsClient.class.getName());
        assertThat(seen).noneMatch(text -> text.contains(KEY));
        assertThat(events).noneMatch(event -> text(event).contains(KEY));
    }

    private static String text(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(event.getFormattedMessage());
        for (var failure = event.getThrowableProxy(); failure != null; failure = failure.getCause()) {
            text.append(failure.getMessage());
        }
        return text.toString();
    }

    @Test
    void noFaultShowsTheKey() {
        Fault.all().forEach(fault -> list(fault.reply()));
        list(Fault.bytes(Fault.ok(ExportsServer.page(0, 10, 5)), After.KEEP));
        assertKeyWasNotSeen();
    }

    @Test
    void keyEchoedByTheServerIsMasked() {
        String body = "{\"error_code\":\"" + KEY + "\",\"error_message\":\"bad key " + KEY + "\"}";
        for (int status : new int[] {400, 401, 403, 404, 429, 500}) {
            list(Reply.text(
                    "HTTP/1.1 " + status + " " + KEY + "\r\nContent-Length: " + body.length(), body, After.CLOSE));
        }
        list(Reply.text("HTTP/1.1 302 Found\r\nLocation: http://" + KEY + "/" + KEY + "?" + KEY, "", After.CLOSE));
        list(Reply.text("HTTP/1.1 302 Found\r\nLocation: ::" + KEY, "", After.CLOSE));
        list(Fault.bytes(KEY + "\r\n\r\n", After.CLOSE));
        list(Fault.bytes("HTTP/1.1 200 OK\r\nContent-Length: " + KEY + "\r\n\r\n", After.CLOSE));
        list(Fault.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + KEY + "\r\n", After.CLOSE));
        list(Fault.bytes(Fault.ok(KEY), After.CLOSE));
        list(Fault.bytes(Fault.ok("{\"" + KEY + "\":{\"" + KEY + "\":" + KEY), After.CLOSE));
        list(Fault.bytes(
                Fault.ok("{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"request_date\":\"" + KEY + "\"}]}"),
                After.CLOSE));
        assertThat(seen).noneMatch(text -> text.contains(KEY));
    }
}
