package io.github.batchexports.sandbox;

import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Duration;
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
    private final ListRoute list;
    private final ExportCatalogue catalogue;

    private Sandbox(Builder options) {
        this.catalogue = new ExportCatalogue(options.seed, options.exports, options.clock.instant());
        this.list = new ListRoute(catalogue, new RateLimit(options.requestsPerSecond));
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(options.port)
                .option(ChannelOption.SO_REUSEADDR, true)
                .compress(true)
                .handle(list::answer)
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

    /** How many calls it got so far, refused ones included. */
    public int calls() {
        return list.calls();
    }

    /** How many calls it refused with 429 so far. */
    public int refusedForRate() {
        return list.refusedForRate();
    }

    /** All its exports in the order of the listing, each as the JSON object that it sends. */
    public List<String> exports() {
        return catalogue.exports().stream().map(Json::write).toList();
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

        /** What the exports' dates are reckoned from, read once at the start. */
        public Builder clock(Clock value) {
            this.clock = value;
            return this;
        }

        /** Starts the server. */
        public Sandbox start() {
            return new Sandbox(this);
        }
    }
}
