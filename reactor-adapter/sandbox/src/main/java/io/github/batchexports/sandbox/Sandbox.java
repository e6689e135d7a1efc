package io.github.batchexports.sandbox;

import io.github.batchexports.sandbox.internal.ApiRoutes;
import io.github.batchexports.sandbox.internal.CreateRoute;
import io.github.batchexports.sandbox.internal.DownloadRoute;
import io.github.batchexports.sandbox.internal.ExportCatalogue;
import io.github.batchexports.sandbox.internal.ExportFile;
import io.github.batchexports.sandbox.internal.ExportRegister;
import io.github.batchexports.sandbox.internal.Json;
import io.github.batchexports.sandbox.internal.ListRoute;
import io.github.batchexports.sandbox.internal.RateLimit;
import io.github.batchexports.sandbox.internal.Timeline;
import io.github.batchexports.sandbox.internal.ViewRoute;
import io.github.batchexports.sandbox.internal.storage.Cuts;
import io.github.batchexports.sandbox.internal.storage.FileContent;
import io.github.batchexports.sandbox.internal.storage.FileContentStream;
import io.github.batchexports.sandbox.internal.storage.Links;
import io.github.batchexports.sandbox.internal.storage.Sha256;
import io.github.batchexports.sandbox.internal.storage.Storage;
import io.netty.channel.ChannelOption;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A server on this machine that answers as the Exports API does, with made-up exports that depend on a seed alone. It
 * checks both headers, pages by opaque cursors and refuses as the API refuses. Downloads lead to a second server, which
 * makes the files up and takes neither header. Close it at the end.
 */
public final class Sandbox implements AutoCloseable {

    /** The only REST API key that it takes. */
    public static final String REST_API_KEY = "sandbox-rest-api-key";

    /** The only project key that it takes. */
    public static final String PROJECT_KEY = "project_sandbox";

    private final DisposableServer server;
    private final Storage storage;
    private final ApiRoutes routes;
    private final ExportRegister exports;
    private final Links links;

    private Sandbox(Builder options) {
        this.exports = options.register();
        this.links = new Links(options.linkLifetime, options.clock);
        this.storage = new Storage(links, options.ranges, new Cuts(options.seed, options.cuts));
        this.routes = new ApiRoutes(
                new ListRoute(exports),
                new ViewRoute(exports),
                new DownloadRoute(exports, links, storage),
                new CreateRoute(exports, options.exportTakes),
                new RateLimit(options.requestsPerSecond));
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

    /** Where its files are, without a slash at the end: a second server, on a port of its own. */
    public String storageUrl() {
        return storage.url();
    }

    /** How many calls the API got so far, refused ones and those without a route included; none of the storage's. */
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

    /** How many of its calls were to {@code download}, refused ones included. */
    public int downloadCalls() {
        return routes.downloadCalls();
    }

    /** How many of its calls were to create an export, refused ones included. */
    public int createCalls() {
        return routes.createCalls();
    }

    /** How many calls it refused with 429 so far. */
    public int refusedForRate() {
        return routes.refusedForRate();
    }

    /** How many calls the storage got so far, refused ones included. */
    public int storageCalls() {
        return storage.calls();
    }

    /** How many calls the storage refused since they carried a header that is for the API alone. */
    public int storageRefusals() {
        return storage.refusals();
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

    /**
     * What the storage sends for a file, made as it is read. Skipping costs nothing, so that the end of a large file is
     * as near as its beginning.
     *
     * @throws IllegalArgumentException when no export has such a file now
     */
    public InputStream fileContent(String fileId) {
        ExportFile file = exports.file(fileId);
        if (file == null) {
            throw new IllegalArgumentException("There is no file " + fileId + ".");
        }
        return new FileContentStream(new FileContent(file));
    }

    /**
     * The SHA-256 of what the storage sends for a file, in lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException when no export has such a file now
     */
    public String fileSha256(String fileId) {
        return Sha256.of(fileContent(fileId));
    }

    /** From now on the storage answers 403 to every link that was handed out so far. */
    public void expireLinks() {
        links.expireAll();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
        storage.close();
    }

    /** Collects the options of a sandbox. */
    public static final class Builder {

        private long seed = 1;
        private int exports = 253;
        private int port;
        private double requestsPerSecond;
        private Clock clock = Clock.systemUTC();
        private Duration newExportEvery = Duration.ZERO;
        private Duration exportTakes = Duration.ofSeconds(2);
        private Duration linkLifetime = Duration.ofMinutes(20);
        private @Nullable Long fileBytes;
        private int cuts;
        private boolean ranges = true;

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
         * What the dates, the exports' lives and the links' ends are reckoned from. Nothing waits on it: moving it is
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

        /**
         * How long an export that a call created takes from {@code CREATED} over {@code PENDING} and {@code RUNNING} to
         * {@code SUCCESS}, by default 2 s. Zero: it has succeeded at once.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder exportTakes(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("exportTakes must not be negative: " + time);
            }
            this.exportTakes = time;
            return this;
        }

        /** How long a link to a file is good for, by default 20 minutes. */
        public Builder linkLifetime(Duration lifetime) {
            this.linkLifetime = lifetime;
            return this;
        }

        /**
         * The size of every file in bytes, from 0 to many gigabytes; by default each has a size of its own below 101 MB.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder fileBytes(long size) {
            if (size < 0) {
                throw new IllegalArgumentException("fileBytes must not be negative: " + size);
            }
            this.fileBytes = size;
            return this;
        }

        /**
         * Closes the connection in the midst of the first so many transfers of two bytes or more, each at a byte that
         * depends on the seed: at least one byte arrives and at least one does not. By default 0.
         */
        public Builder cutTransfers(int count) {
            this.cuts = count;
            return this;
        }

        /** The storage knows neither ranges nor tags: it always sends the whole file. */
        public Builder withoutRanges() {
            this.ranges = false;
            return this;
        }

        /** Starts both servers. */
        public Sandbox start() {
            return new Sandbox(this);
        }

        private ExportRegister register() {
            Instant now = clock.instant();
            ExportCatalogue catalogue = new ExportCatalogue(seed, fileBytes);
            return new ExportRegister(
                    catalogue, catalogue.early(exports, now), new Timeline(now, newExportEvery), clock);
        }
    }
}
