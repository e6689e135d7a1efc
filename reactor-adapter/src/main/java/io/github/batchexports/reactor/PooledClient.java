package io.github.batchexports.reactor;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListExports;
import io.github.batchexports.protocol.ProjectKey;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The client of one project over connections that it may share. */
final class PooledClient implements BatchExportsClient {

    private final Connections connections;
    private final ProjectKey project;
    private final Attempts attempts;
    private final Closing closing;
    private final Runnable onClose;

    /** The client that owns the connections. */
    PooledClient(Connections connections, ProjectKey project) {
        this(connections, project, Closing.independent(), connections::close);
    }

    private PooledClient(Connections connections, ProjectKey project, Closing closing, Runnable onClose) {
        this.connections = connections;
        this.project = project;
        this.attempts = connections.attempts(project);
        this.closing = closing;
        this.onClose = onClose;
    }

    @Override
    public Flux<ExportRequest> list(ListExports query) {
        return listing(query, ExportPage::exports);
    }

    @Override
    public Flux<ExportPage> listPages(ListExports query) {
        return listing(query, List::of);
    }

    private <T> Flux<T> listing(ListExports query, Function<ExportPage, List<T>> items) {
        return new ListingFlux<>(query, this::fetch, items, closing.signal());
    }

    private Mono<ExportPage> fetch(int limit, @Nullable String from) {
        return attempts.call(connections.api().list(limit, from), connections.decoder()::decodePage);
    }

    @Override
    public BatchExportsClient forProject(String projectKey) {
        return new PooledClient(connections, new ProjectKey(projectKey), closing.child(), () -> {});
    }

    @Override
    public void close() {
        if (closing.close()) {
            onClose.run();
        }
    }

    @Override
    public String toString() {
        return "BatchExportsClient[" + project + "]";
    }
}
