package io.github.batchexports.monitor;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine's Redis as a process of its own, which keeps nothing. */
final class RedisServer implements AutoCloseable {

    private final Process process;
    private final int port;

    private RedisServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "redis-server").canExecute());
    }

    static RedisServer start(Path folder) throws IOException {
        int port = freePort();
        Process process = new ProcessBuilder(
                        "redis-server", "--port", String.valueOf(port), "--save", "", "--bind", "127.0.0.1")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader log = process.inputReader();
        String line = log.readLine();
        while (line != null && !line.contains("Ready to accept connections")) {
            line = log.readLine();
        }
        if (line == null) {
            throw new IOException("Redis does not start");
        }
        return new RedisServer(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
