package io.github.batchexports.monitor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** A browser that reads line by line, from a socket with a small buffer, and only when the test says so. */
final class SlowReader implements AutoCloseable {

    private final Socket socket = new Socket();
    private final BufferedReader lines;

    SlowReader(Monitor monitor, String path) throws IOException {
        socket.setReceiveBufferSize(8_192);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("127.0.0.1", monitor.port()));
        // HTTP 1.0: the answer comes as it is, without chunks.
        String request = "GET " + path + " HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024);
    }

    /** Reads lines until so many were as wanted, or the end; says how many were. */
    int read(int count, Predicate<String> wanted) {
        int read = 0;
        try {
            while (read < count) {
                String line = lines.readLine();
                if (line == null) {
                    return read;
                }
                read += wanted.test(line) ? 1 : 0;
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
