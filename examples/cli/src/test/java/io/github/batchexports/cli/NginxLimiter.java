package io.github.batchexports.cli;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** nginx with {@code limit_req}, in front of a server on this machine. */
final class NginxLimiter implements StrictLimiter {

    private static final int STARTS = 5;

    // One key for all calls, no burst. Everything that it writes stays in its directory.
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log error.log;
            events { worker_connections 64; }
            http {
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              log_format arrivals '$msec $request_time $status $remote_port';
              access_log arrivals.log arrivals;
              limit_req_zone $server_name zone=all:1m rate=%dr/m;
              limit_req_status 429;
              server {
                listen 127.0.0.1:%d;
                server_name limiter;
                location / {
                  limit_req zone=all;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_pass %s;
                }
              }
            }
            """;

    private final Process process;
    private final Path directory;
    private final int port;

    private NginxLimiter(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    static Optional<Path> executable() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static NginxLimiter start(Path nginx, Path directory, String upstream, int perSecond) throws Exception {
        for (int i = 0; i < STARTS; i++) {
            int port = freePort();
            Path configuration = directory.resolve("nginx.conf");
            Files.writeString(configuration, CONFIGURATION.formatted(60 * perSecond, port, upstream));
            Process process = new ProcessBuilder(
                            nginx.toString(), "-p", directory + "/", "-c", configuration.toString(), "-e", "error.log")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("start.log").toFile())
                    .start();
            if (isOpen(process, directory)) {
                return new NginxLimiter(process, directory, port);
            }
        }
        throw new IOException("nginx does not start: " + Files.readString(directory.resolve("start.log")));
    }

    /** It writes its number as soon as its port is open, and ends where somebody else was quicker. */
    private static boolean isOpen(Process process, Path directory) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Files.notExists(directory.resolve("nginx.pid"))) {
            if (!process.isAlive()) {
                return false;
            }
            if (System.nanoTime() - patience > 0) {
                process.destroyForcibly();
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @Override
    public String name() {
        return "nginx limit_req";
    }

    @Override
    public String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public Path log() {
        return directory.resolve("arrivals.log");
    }

    @Override
    public void close() {
        // A child of this process: the end of any other is seen only when init has buried it, up to two seconds later.
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
