package io.github.batchexports.reactor.internal.download;

import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ExportsApi;
import io.github.batchexports.protocol.LineSplitter;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.internal.call.CallExecutor;
import io.github.batchexports.reactor.internal.http.ForeignCode;
import io.github.batchexports.reactor.internal.http.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The files of one project's exports: as bytes, as lines, and into files. */
public final class Downloads {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    /** How many chunks, of up to 64 KiB each, may wait for the disk. */
    private static final int CHUNKS_AHEAD = 32;

    private final ExportsApi api;
    private final CallExecutor attempts;
    private final FileTransport transport;
    private final RetryPolicy policy;
    private final TimeSource time;
    private final int maxLineBytes;

    public Downloads(
            ExportsApi api,
            CallExecutor attempts,
            FileTransport transport,
            RetryPolicy policy,
            TimeSource time,
            int maxLineBytes) {
        this.api = api;
        this.attempts = attempts;
        this.transport = transport;
        this.policy = policy;
        this.time = time;
        this.maxLineBytes = maxLineBytes;
    }

    public Flux<ByteBuffer> bytes(ExportFile file) {
        return chunks(file, call(file), false).map(Transfer.Chunk::bytes);
    }

    public Flux<String> lines(ExportFile file) {
        ApiCall call = call(file);
        return Flux.defer(() -> {
            LineSplitter lines = new LineSplitter(call.context(), maxLineBytes);
            return chunks(file, call, false)
                    .concatMap(chunk -> Flux.fromIterable(lines.accept(chunk.bytes())), 0)
                    .concatWith(Flux.defer(() -> Flux.fromIterable(lines.end())));
        });
    }

    public Mono<Path> toFile(ExportFile file, Path target, DownloadOptions options) {
        if (target.getFileName() == null) {
            throw new IllegalArgumentException("target has no file name: " + target);
        }
        Flux<Transfer.Chunk> chunks = chunks(file, call(file), true);
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new PartialFile(target, options.overwrite())),
                partial -> Mono.fromCallable(() -> {
                            partial.open();
                            return partial;
                        })
                        .subscribeOn(Schedulers.boundedElastic())
                        .thenMany(chunks)
                        .publishOn(Schedulers.boundedElastic(), CHUNKS_AHEAD)
                        .doOnNext(chunk -> write(partial, chunk, options))
                        .then(Mono.fromCallable(partial::commit)),
                partial -> Mono.empty(),
                (partial, failure) ->
                        abandon(partial).doOnError(failure::addSuppressed).onErrorComplete(),
                Downloads::abandon);
    }

    public Flux<Path> toDirectory(ExportRequest export, Path directory, DownloadOptions options) {
        List<Mono<Path>> files = new ArrayList<>();
        ExportFiles.in(directory, export).forEach((target, file) -> files.add(toFile(file, target, options)));
        if (files.isEmpty()) {
            return Flux.empty();
        }
        Mono<Path> made = Mono.fromCallable(
                        () -> Files.isDirectory(directory) ? directory : Files.createDirectories(directory))
                .subscribeOn(Schedulers.boundedElastic());
        // The inner concatMap waits for demand, which the outer one does not do.
        return Flux.fromIterable(files)
                .concatMap(file -> Flux.just(file).hide().concatMap(demanded -> made.then(demanded), 0), 0);
    }

    private static void write(PartialFile partial, Transfer.Chunk chunk, DownloadOptions options) {
        try {
            options.onProgress().accept(partial.write(chunk));
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        } catch (Error e) {
            throw ForeignCode.asException(e);
        }
    }

    private static Mono<Void> abandon(PartialFile partial) {
        return Mono.<Void>fromCallable(() -> {
                    partial.abandon();
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Flux<Transfer.Chunk> chunks(ExportFile file, ApiCall call, boolean mayRestart) {
        return Flux.defer(() -> {
            Transfer transfer = new Transfer(call, attempts, transport, policy, time, mayRestart);
            return transfer.chunks().doOnComplete(() -> compareSize(call, file.size(), transfer.position()));
        });
    }

    /** The documentation does not say what a file's size is: that of the content, or that of what is stored. */
    private static void compareSize(ApiCall call, @Nullable Long size, long received) {
        if (size != null && size != received) {
            // The query is the file's id, percent-encoded, and so always one line.
            LOG.info(
                    "file {} has {} bytes, where its export says {}", call.uri().getRawQuery(), received, size);
        }
    }

    private ApiCall call(ExportFile file) {
        String id = file.id();
        if (id == null) {
            throw new IllegalArgumentException("the file has no id, so it cannot be downloaded");
        }
        return api.download(id);
    }
}
