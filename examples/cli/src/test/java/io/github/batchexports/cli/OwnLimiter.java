package io.github.batchexports.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What takes nginx' place where there is none: a JVM of its own, with its main method here. */
final class OwnLimiter implements StrictLimiter {

    private static final List<String> FORWARDED = List.of("Authorization", "X-Batch-Project");
    private static final String WARM_UP = "/warm-up";
    private static final int WARM_UP_CALLS = 200;

    private final Process process;
    private final Path log;
    private final String port;

    private OwnLimiter(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        this.port = CommandLineProcess.reader(process).readLine();
    }

    static OwnLimiter start(Path directory, String upstream, int perSecond) throws Exception {
        Path log = directory.resolve("arrivals.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnLimiter.class.getName(),
                        upstream,
                        String.valueOf(perSecond),
                        log.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new OwnLimiter(process, log);
    }

    @Override
    public String name() {
        return "a limiter of our own, since nginx is not installed";
    }

    @Override
    public String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Runs until its standard input ends. Arguments: the server behind it, calls a second, the log. */
    public static void main(String[] arguments) throws Exception {
        try (PrintStream log = new PrintStream(arguments[2])) {
            Limiting limiting = new Limiting(arguments[0], Integer.parseInt(arguments[1]), log);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", limiting::answer);
            server.start();
            limiting.warmUp("http://127.0.0.1:" + server.getAddress().getPort() + WARM_UP);
            System.out.println(server.getAddress().getPort());
            System.in.read();
            server.stop(0);
        }
    }

    /** On the server's one thread. */
    private static final class Limiting {

        private final HttpClient client = HttpClient.newHttpClient();
        private final String upstream;
        private final long distance;
        private final PrintStream log;
        private long lastAccepted = System.nanoTime() - TimeUnit.MINUTES.toNanos(1);

        Limiting(String upstream, int perSecond, PrintStream log) {
            this.upstream = upstream;
            this.distance = TimeUnit.SECONDS.toNanos(1) / perSecond;
            this.log = log;
        }

        /** The limiter's own first calls are slow, and would be seen later than they came. Nobody warms the program. */
        void warmUp(String url) throws Exception {
            for (int i = 0; i < WARM_UP_CALLS; i++) {
                client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
            }
        }

        void answer(HttpExchange call) throws IOException {
            long now = System.nanoTime();
            if (call.getRequestURI().getPath().equals(WARM_UP)) {
                send(call, 204, new byte[0]);
            } else if (now - lastAccepted < distance) {
                send(call, 429, new byte[0]);
                log(now, 429, call);
            } else {
                lastAccepted = now;
                log(now, forward(call), call);
            }
        }

        private int forward(HttpExchange call) throws IOException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upstream + call.getRequestURI()));
            FORWARDED.forEach(
                    name -> request.header(name, call.getRequestHeaders().getFirst(name)));
            try {
                var answer = client.send(request.build(), BodyHandlers.ofByteArray());
                send(call, answer.statusCode(), answer.body());
                return answer.statusCode();
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }

        private static void send(HttpExchange call, int status, byte[] body) throws IOException {
            call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            call.getResponseBody().write(body);
            call.close();
        }

        private void log(long nanos, int status, HttpExchange call) {
            int client = call.getRemoteAddress().getPort();
            log.printf(Locale.ROOT, "%.3f 0.000 %d %d%n", nanos / 1e9, status, client);
            log.flush();
        }
    }
}
