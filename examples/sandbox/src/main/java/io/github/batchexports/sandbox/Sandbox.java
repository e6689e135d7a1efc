package io.github.batchexports.sandbox;

import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A server on this machine that answers as the Exports API does, with made-up exports that depend on a seed alone. It
 * checks both headers, pages by opaque cursors and refuses as the API refuses. Close it at the end.
 */
public final class Sandbox implements AutoCloseable {

    /** The only REST API key that it takes. */
    public static final String REST_API_KEY = "sandbox-rest-api-key";

    /** The only project key that it takes. */
    public static final String PROJECT_KEY = "project_sandbox";

    private final DisposableServer server;
    private final ApiRoutes routes;
    private final ExportRegister exports;

    private Sandbox(Builder options) {
        this.exports = options.register();
        this.routes =
                new ApiRoutes(new ListRoute(exports), new ViewRoute(exports), new RateLimit(options.requestsPerSecond));
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(options.port)
                .option(ChannelOption.SO_REUSEADDR, true)
                .compress(true)
                .handle(routes::answer)
                .bindNow(Duration.ofSeconds(10));
    }

    /** Starts a server with the defaults, on a free port. */
    public static Sandbox start() {
        return builder().start();
    }

    /** Chooses what the server has and how it answers. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where it is, without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.port();
    }

    /** How many calls it got so far, refused ones and those without a route included. */
    public int calls() {
        return routes.calls();
    }

    /** How many of its calls were to {@code list}, refused ones included. */
    public int listCalls() {
        return routes.listCalls();
    }

    /** How many of its calls were to {@code view}, refused ones included. */
    public int viewCalls() {
        return routes.viewCalls();
    }

    /** How many calls it refused with 429 so far. */
    public int refusedForRate() {
        return routes.refusedForRate();
    }

    /** All its exports in the order of the listing, each as the JSON object that it sends. */
    public List<String> exports() {
        return exports.current().stream()
                .map(export -> Json.write(export.json()))
                .toList();
    }

    /**
     * Puts a new export in front of all others, with the status {@code CREATED}. It moves on by itself in a sandbox
     * that lives, and else when {@link #setStatus} says so.
     *
     * @return its id
     */
    public String addExport() {
        return exports.add();
    }

    /**
     * Gives an export a status that it keeps from now on; one that becomes {@code SUCCESS} has files then.
     *
     * @throws IllegalArgumentException when there is no such export
     */
    public void setStatus(String exportId, String status) {
        exports.setStatus(exportId, status);
    }

    /**
     * The ids of the files that an export has now: none before it is {@code SUCCESS}.
     *
     * @throws IllegalArgumentException when there is no such export
     */
    public List<String> fileIds(String exportId) {
        return exports.get(exportId).files().stream().map(ExportFile::id).toList();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }

    /** Collects the options of a sandbox. */
    public static final class Builder {

        private long seed = 1;
        private int exports = 253;
        private int port;
        private double requestsPerSecond;
        private Clock clock = Clock.systemUTC();
        private Duration newExportEvery = Duration.ZERO;

        private Builder() {}

        /** What the exports are made from: the same seed and clock give the same exports; by default 1. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** How many exports there are, by default 253. */
        public Builder exports(int count) {
            this.exports = count;
            return this;
        }

        /** The port; by default a free one. */
        public Builder port(int value) {
            this.port = value;
            return this;
        }

        /** Refuses a call that comes sooner after the one before, with 429; by default 0, for no limit. */
        public Builder requestsPerSecond(double limit) {
            this.requestsPerSecond = limit;
            return this;
        }

        /**
         * What the dates and the exports' lives are reckoned from. Nothing waits on it: moving it is
         * enough to see what comes later.
         */
        public Builder clock(Clock value) {
            this.clock = value;
            return this;
        }

        /**
         * Lets the sandbox live: every such time a new export appears in front, and those that have not ended move on
         * from {@code CREATED} over {@code PENDING} and {@code RUNNING} to {@code SUCCESS} or {@code ERROR}, each step
         * taking between 0.3 and 1.5 times as long. Once there are 1,000 more than at the start, the oldest leave. By
         * default zero: nothing changes by itself.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder newExportEvery(Duration period) {
            if (period.isNegative()) {
                throw new IllegalArgumentException("newExportEvery must not be negative: " + period);
            }
            this.newExportEvery = period;
            return this;
        }

        /** Starts the server. */
        public Sandbox start() {
            return new Sandbox(this);
        }

        private ExportRegister register() {
            Instant now = clock.instant();
            ExportCatalogue catalogue = new ExportCatalogue(seed);
            return new ExportRegister(
                    catalogue, catalogue.early(exports, now), new Timeline(now, newExportEvery), clock);
        }
    }
}
