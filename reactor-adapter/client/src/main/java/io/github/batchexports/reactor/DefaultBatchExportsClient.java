package io.github.batchexports.reactor;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.ListOptions;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.error.ExportUnconfirmedException;
import io.github.batchexports.error.Operation;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.ProjectKey;
import io.github.batchexports.reactor.internal.call.Arrival;
import io.github.batchexports.reactor.internal.call.CloseSignal;
import io.github.batchexports.reactor.internal.call.FailOnSignal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The client of one project, over connections that it may share with other clients. */
final class DefaultBatchExportsClient implements BatchExportsClient {

    private final ClientResources resources;
    private final ProjectKey key;
    private final Project project;
    private final CloseSignal closeSignal;
    private final Runnable onClose;

    /** The client that owns the connections. */
    DefaultBatchExportsClient(ClientResources resources, ProjectKey key) {
        this(resources, key, CloseSignal.independent(), resources::close);
    }

    private DefaultBatchExportsClient(
            ClientResources resources, ProjectKey key, CloseSignal closeSignal, Runnable onClose) {
        this.resources = resources;
        this.key = key;
        this.project = resources.project(key);
        this.closeSignal = closeSignal;
        this.onClose = onClose;
    }

    @Override
    public Flux<ExportRequest> list(ListOptions options) {
        return project.listing(Arguments.notNull("options", options), ExportPage::exports, closeSignal.signal());
    }

    @Override
    public Flux<ExportPage> listPages(ListOptions options) {
        return project.listing(Arguments.notNull("options", options), List::of, closeSignal.signal());
    }

    @Override
    public Mono<ExportRequest> view(String exportId) {
        return untilClosed(project.view(exportId), Operation.VIEW);
    }

    @Override
    public Mono<ExportRequest> awaitCompletion(String exportId, AwaitOptions options) {
        Arguments.notNull("options", options);
        return untilClosed(project.awaitCompletion(exportId, options), Operation.AWAIT);
    }

    @Override
    public Mono<String> create(ExportDefinition definition) {
        ApiCall call = project.creation(definition);
        return Mono.defer(() -> {
            Arrival arrival = new Arrival();
            return FailOnSignal.of(project.create(call, arrival), closeSignal.signal(), () -> {
                ClientClosedException closed = closed(Operation.CREATE);
                return arrival.giveUp() ? new ExportUnconfirmedException(closed) : closed;
            });
        });
    }

    @Override
    public Flux<ExportChange> watch(WatchOptions options) {
        return untilClosed(project.watch(Arguments.notNull("options", options)), Operation.WATCH);
    }

    @Override
    public Flux<ExportSnapshot> snapshots(WatchOptions options) {
        return untilClosed(project.snapshots(Arguments.notNull("options", options)), Operation.WATCH);
    }

    @Override
    public Flux<ByteBuffer> download(ExportFile file) {
        return untilClosed(project.downloads().bytes(Arguments.notNull("file", file)), Operation.DOWNLOAD);
    }

    @Override
    public Flux<String> downloadLines(ExportFile file) {
        return untilClosed(project.downloads().lines(Arguments.notNull("file", file)), Operation.DOWNLOAD);
    }

    @Override
    public Mono<Path> downloadTo(ExportFile file, Path target, DownloadOptions options) {
        Arguments.notNull("file", file);
        Arguments.notNull("target", target);
        Arguments.notNull("options", options);
        return untilClosed(project.downloads().toFile(file, target, options), Operation.DOWNLOAD);
    }

    @Override
    public Flux<Path> downloadAll(ExportRequest export, Path directory, DownloadOptions options) {
        Arguments.notNull("export", export);
        Arguments.notNull("directory", directory);
        Arguments.notNull("options", options);
        return untilClosed(project.downloads().toDirectory(export, directory, options), Operation.DOWNLOAD);
    }

    private <T> Mono<T> untilClosed(Mono<T> source, Operation operation) {
        return FailOnSignal.of(source, closeSignal.signal(), () -> closed(operation));
    }

    private <T> Flux<T> untilClosed(Flux<T> source, Operation operation) {
        return FailOnSignal.of(source, closeSignal.signal(), () -> closed(operation));
    }

    private static ClientClosedException closed(Operation operation) {
        return new ClientClosedException(new CallContext(operation, null, 0));
    }

    @Override
    public BatchExportsClient forProject(String projectKey) {
        return new DefaultBatchExportsClient(resources, new ProjectKey(projectKey), closeSignal.child(), () -> {});
    }

    @Override
    public void close() {
        try {
            closeSignal.close();
        } finally {
            // Idempotent, as the signal is. Whatever a subscriber throws, no connection stays open.
            onClose.run();
        }
    }

    @Override
    public String toString() {
        return "BatchExportsClient[" + key + "]";
    }
}
