package io.github.batchexports.reactor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A server that writes given bytes, so that a response can break in any way that a network breaks it. */
final class RawServer implements AutoCloseable {

    /** The reply to a call: its bytes on the wire, and what happens to the connection after them. */
    record Reply(byte[] bytes, After after) {

        static Reply text(String head, String body, After after) {
            return new Reply((head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8), after);
        }
    }

    enum After {
        KEEP,
        CLOSE,
        RESET,
        STALL,
        DRIP,
        UNTIL_ABORTED
    }

    @FunctionalInterface
    interface Handler {
        Reply reply(Request request);
    }

    record Request(String method, String target, Map<String, String> headers, String body) {}

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<Request> first = new AtomicReference<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch aborted = new CountDownLatch(1);

    /** One party for each open connection, and one for the server. */
    private final Phaser serving = new Phaser(1);

    private volatile Handler handler;

    RawServer(Handler handler) {
        this.handler = handler;
        try {
            listener = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    void handler(Handler replacement) {
        this.handler = replacement;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int calls() {
        return calls.get();
    }

    /** Waits until the client closes a connection whose response was not to end. */
    boolean awaitAborted() throws InterruptedException {
        return aborted.await(20, TimeUnit.SECONDS);
    }

    /** Waits until the client has closed all connections, and so until every request that it sent was read. */
    void awaitDisconnected() throws InterruptedException, TimeoutException {
        serving.awaitAdvanceInterruptibly(serving.arrive(), 20, TimeUnit.SECONDS);
    }

    /** The first request received. */
    Request first() {
        return first.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                serving.register();
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            OutputStream out = socket.getOutputStream();
            for (String start = in.readLine(); start != null; start = in.readLine()) {
                Map<String, String> headers = new ConcurrentHashMap<>();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    int colon = line.indexOf(':');
                    headers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
                StringBuilder body = new StringBuilder();
                for (int left = Integer.parseInt(headers.getOrDefault("content-length", "0")); left > 0; left--) {
                    body.append((char) in.read());
                }
                Request request = new Request(start.split(" ")[0], start.split(" ")[1], headers, body.toString());
                calls.incrementAndGet();
                first.compareAndSet(null, request);
                Reply reply = handler.reply(request);
                out.write(reply.bytes());
                out.flush();
                if (!keepsOpen(reply.after(), socket, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client closed the connection, as it may.
        } finally {
            open.remove(socket);
            serving.arriveAndDeregister();
        }
    }

    private boolean keepsOpen(After after, Socket socket, OutputStream out) throws IOException {
        switch (after) {
            case KEEP -> {
                return true;
            }
            case CLOSE -> {
                return false;
            }
            case RESET -> {
                socket.setSoLinger(true, 0);
                return false;
            }
            case UNTIL_ABORTED -> {
                try {
                    if (socket.getInputStream().read() == -1) {
                        aborted.countDown();
                    }
                } catch (SocketException reset) {
                    // A client that closes without having read everything resets the connection.
                    aborted.countDown();
                }
            }
            case STALL -> waitUntilClosed(Long.MAX_VALUE);
            case DRIP -> {
                while (!waitUntilClosed(20)) {
                    out.write(' ');
                    out.flush();
                }
            }
        }
        return false;
    }

    private boolean waitUntilClosed(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
