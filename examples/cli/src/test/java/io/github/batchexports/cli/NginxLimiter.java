package io.github.batchexports.cli;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** nginx with {@code limit_req}, in front of a server on this machine. */
final class NginxLimiter implements StrictLimiter {

    private static final int STARTS = 5;

    // One key for all calls, no burst. Everything that it writes stays in its directory.
    private static final String CONFIGURATION = """
            daemon on;
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

    private final Path directory;
    private final int port;

    private NginxLimiter(Path directory, int port) {
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
            Process starter = new ProcessBuilder(
                            nginx.toString(), "-p", directory + "/", "-c", configuration.toString(), "-e", "error.log")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("start.log").toFile())
                    .start();
            // It leaves a process behind as soon as its port is open, or fails where somebody else was quicker.
            if (CommandLineProcess.exitCode(starter) == 0) {
                return new NginxLimiter(directory, port);
            }
        }
        throw new IOException("nginx does not start: " + Files.readString(directory.resolve("start.log")));
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
    public void close() throws IOException {
        Path pid = directory.resolve("nginx.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).trim()))
                    .filter(ProcessHandle::destroy)
                    .map(ProcessHandle::onExit)
                    .ifPresent(CompletableFuture::join);
        }
    }
}
