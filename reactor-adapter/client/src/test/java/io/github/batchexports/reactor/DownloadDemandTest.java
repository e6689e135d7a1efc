package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.DownloadException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.reactor.RawServer.After;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How demand reaches the socket, and when timeouts apply. */
class DownloadDemandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long LARGE = 256L * 1024 * 1024;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final FileServer server = FileServer.of(1_000_000);
    private final BatchExportsClient client =
            server.options().scheduler(time).responseTimeout(TIMEOUT).build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .takeUntil(tick -> condition.getAsBoolean())
                .blockLast(PATIENCE);
    }

    /** Counts the buffers that it requests one by one. */
    private static final class Taker extends BaseSubscriber<Object> {
        final AtomicInteger taken = new AtomicInteger();
        volatile boolean completed;
        volatile Throwable failure;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(Object piece) {
            taken.incrementAndGet();
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }

        @Override
        protected void hookOnError(Throwable error) {
            failure = error;
        }
    }

    /** A storage that writes as much as it can of a file too large for memory, and counts the bytes. */
    private static final class LargeFile implements AutoCloseable {
        final AtomicLong written = new AtomicLong();
        private final ServerSocket listener;

        LargeFile() throws IOException {
            listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            try (Socket socket = listener.accept()) {
                socket.setSendBufferSize(64 * 1024);
                OutputStream out = socket.getOutputStream();
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] line = (" ".repeat(99) + "\n").repeat(640).getBytes(StandardCharsets.US_ASCII);
                while (written.get() < LARGE) {
                    int length = (int) Math.min(line.length, LARGE - written.get());
                    out.write(line, 0, length);
                    written.addAndGet(length);
                }
            } catch (IOException e) {
                // The client closed the connection.
            }
        }

        /** Waits until nothing more could be written for a while, or everything was. */
        long writtenAtRest() {
            AtomicLong last = new AtomicLong(-1);
            AtomicInteger unchanged = new AtomicInteger();
            await(() -> {
                long now = written.get();
                unchanged.set(now > 0 && last.getAndSet(now) == now ? unchanged.get() + 1 : 0);
                return unchanged.get() == 40 || now >= LARGE;
            });
            return written.get();
        }

        String url() {
            return "http://127.0.0.1:" + listener.getLocalPort() + "/large";
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private BatchExportsClient withSmallBuffers() {
        return server.options()
                .storageHttpClient(http -> http.option(ChannelOption.SO_RCVBUF, 64 * 1024))
                .build();
    }

    @Test
    void storageIsReadOnlyAsFarAsDemanded() throws IOException {
        try (LargeFile file = new LargeFile();
                BatchExportsClient other = withSmallBuffers()) {
            server.api((call, request) -> FileServer.link(307, file.url()));
            Taker taker = new Taker();
            other.download(FileServer.FILE).subscribe(taker);
            taker.request(1);
            await(() -> taker.taken.get() == 1);
            assertThat(file.writtenAtRest()).isLessThan(LARGE / 32);
            taker.request(10);
            await(() -> taker.taken.get() == 11);
            assertThat(file.writtenAtRest()).isLessThan(LARGE / 32);
            taker.cancel();
        }
    }

    @Test
    void linesRequestedOneByOneStopTheStorageToo() throws IOException {
        try (LargeFile file = new LargeFile();
                BatchExportsClient other = withSmallBuffers()) {
            server.api((call, request) -> FileServer.link(307, file.url()));
            Taker taker = new Taker();
            other.downloadLines(FileServer.FILE).subscribe(taker);
            for (int i = 1; i <= 2_000; i++) {
                int lines = i;
                taker.request(1);
                if (taker.taken.get() < lines) {
                    await(() -> taker.taken.get() == lines);
                }
            }
            assertThat(file.writtenAtRest()).isLessThan(LARGE / 32);
            taker.cancel();
        }
    }

    @Test
    void slowSubscriberDoesNotTimeOut() {
        Taker taker = new Taker();
        client.download(FileServer.FILE).subscribe(taker);
        time.advanceTimeBy(TIMEOUT.multipliedBy(10));
        assertThat(server.apiCalls()).isEmpty();
        for (int pieces = 1; pieces <= 3; pieces++) {
            int expected = pieces;
            taker.request(1);
            await(() -> taker.taken.get() == expected);
            time.advanceTimeBy(TIMEOUT.multipliedBy(10));
        }
        taker.requestUnbounded();
        await(() -> taker.completed);
        assertThat(server.apiCalls()).hasSize(1);
        assertThat(server.storageCalls()).hasSize(1);
    }

    @Test
    void silentStorageTimesOutOnEachAttempt() {
        server.storage((call, request) -> server.part(request, call == 1 ? 123 : 0, After.UNTIL_ABORTED));
        Taker taker = new Taker();
        client.download(FileServer.FILE).subscribe(taker);
        taker.requestUnbounded();
        await(() -> taker.taken.get() == 1);
        for (int attempt = 2; attempt <= 3; attempt++) {
            int calls = attempt;
            time.advanceTimeBy(TIMEOUT);
            await(() -> server.storageCalls().size() == calls);
            assertThat(taker.failure).isNull();
        }
        time.advanceTimeBy(TIMEOUT.minusMillis(1));
        assertThat(taker.failure).isNull();
        time.advanceTimeBy(Duration.ofMillis(1));
        await(() -> taker.failure != null);
        assertThat(taker.failure)
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining("no data within responseTimeout, 30000 ms (127.0.0.1:")
                .hasMessageContaining("), after 123 bytes")
                .hasCauseInstanceOf(TransportException.class);
        assertThat(((DownloadException) taker.failure).received()).isEqualTo(123);
        assertThat(server.apiCalls()).hasSize(1);
        assertThat(server.storageCalls()).hasSize(3);
        assertThat(server.storageHeaders("range")).containsExactly("", "bytes=123-", "bytes=123-");
    }

    @Test
    void stalledConnectionIsClosed() throws InterruptedException {
        server.storage((call, request) -> call == 1 ? server.part(request, 123, After.UNTIL_ABORTED) : null);
        Taker taker = new Taker();
        client.download(FileServer.FILE).subscribe(taker);
        taker.requestUnbounded();
        await(() -> taker.taken.get() == 1);
        time.advanceTimeBy(TIMEOUT);
        assertThat(server.storageServer().awaitAborted()).isTrue();
        await(() -> taker.completed);
    }

    @Test
    void brokenTransferResumesOnlyOnDemand() {
        server.storage((call, request) -> call == 1 ? server.part(request, 123, After.RESET) : null);
        StepVerifier.create(client.download(FileServer.FILE), 1)
                .expectNextCount(1)
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(10)))
                .then(() -> assertThat(server.storageCalls()).hasSize(1))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(piece -> true)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.storageCalls()).hasSize(2);
    }

    @Test
    void buffersMayBeKept() {
        ByteBuffer[] pieces =
                client.download(FileServer.FILE).collectList().block(PATIENCE).toArray(ByteBuffer[]::new);
        int offset = 0;
        for (ByteBuffer piece : pieces) {
            assertThat(piece).isEqualTo(ByteBuffer.wrap(server.content, offset, piece.remaining()));
            offset += piece.remaining();
        }
        assertThat(offset).isEqualTo(server.content.length);
    }
}
