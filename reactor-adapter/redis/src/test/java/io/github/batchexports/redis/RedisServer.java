package io.github.batchexports.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A real Redis as a process: the machine's {@code redis-server}, or the one that embedded-redis brings. */
final class RedisServer implements AutoCloseable {

    private static final Path PROGRAM = program();

    /** Below those that systems give to clients, so that no other test's client has the port of a server that is down. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(20_000, 30_000));

    private final int port = freePort();
    private Process process;

    RedisServer() {
        start();
    }

    private static int freePort() {
        while (true) {
            int port = NEXT_PORT.getAndIncrement();
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                if (port > 32_000) {
                    throw new UncheckedIOException(taken);
                }
            }
        }
    }

    /** A server that is not running. */
    static RedisServer absent() {
        RedisServer server = new RedisServer();
        server.kill();
        return server;
    }

    void start() {
        try {
            process = new ProcessBuilder(
                            PROGRAM.toString(),
                            "--port",
                            String.valueOf(port),
                            "--save",
                            "",
                            "--appendonly",
                            "no",
                            "--bind",
                            "127.0.0.1")
                    .directory(Files.createTempDirectory("redis").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        call(RedisCommands::ping);
    }

    RedisURI uri() {
        return RedisURI.create("127.0.0.1", port);
    }

    /** Kills it by SIGKILL; its data is lost. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    void hang() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    <T> T call(Function<RedisCommands<String, String>, T> command) {
        RedisClient client = RedisClient.create(uri());
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (true) {
                try (var connection = client.connect()) {
                    return command.apply(connection.sync());
                } catch (RuntimeException starting) {
                    if (System.nanoTime() - end > 0 || endsSoon()) {
                        throw starting;
                    }
                }
            }
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    private boolean endsSoon() {
        try {
            return process.waitFor(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            goOn();
            kill();
        }
    }

    private static Path program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(RedisServer::embedded);
    }

    private static Path embedded() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().toPath();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
