package io.github.batchexports.springboot;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A real Redis as a process: the machine's {@code redis-server}, or the one that embedded-redis brings. */
final class RedisServer implements AutoCloseable {

    private final Process process;
    private final int port = freePort();

    RedisServer() throws Exception {
        process = new ProcessBuilder(
                        program().toString(), "--port", String.valueOf(port), "--save", "", "--bind", "127.0.0.1")
                .directory(Files.createTempDirectory("redis").toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader log = process.inputReader();
        boolean ready = Calls.await("start of Redis", CompletableFuture.supplyAsync(() -> log.lines()
                .anyMatch(line -> line.contains("Ready to accept connections"))));
        if (!ready) {
            throw new IOException("Redis does not start");
        }
    }

    String url() {
        return url(port);
    }

    /** Where no Redis is. */
    static String nowhere() {
        return url(freePort());
    }

    private static String url(int port) {
        return "redis://127.0.0.1:" + port;
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }

    private static Path program() throws IOException {
        Path installed = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        return installed == null
                ? ExecutableProvider.newJarResourceProvider().get().toPath()
                : installed;
    }
}
