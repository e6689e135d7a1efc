package io.github.batchexports.cli;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ListExports;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import reactor.core.scheduler.Schedulers;

/** {@code exports list}: prints each page as it comes, and asks for the next one only then. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists export requests.")
final class ListCommand implements Callable<Integer> {

    enum Format {
        table,
        json
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--status", split = ",", paramLabel = "S", description = "Only these statuses, such as SUCCESS.")
    private List<String> statuses = List.of();

    @Option(names = "--scope", split = ",", paramLabel = "S", description = "Only these scopes.")
    private List<String> scopes = List.of();

    @Option(names = "--page-size", paramLabel = "N", description = "Items a page, 1 to 100; by default 100.")
    private int pageSize = 100;

    @Option(names = "--take", paramLabel = "N", description = "Ends after so many exports.")
    private long take = Long.MAX_VALUE;

    @Option(names = "--from", paramLabel = "CURSOR", description = "Starts at a cursor, as an error names it.")
    private @Nullable String from;

    @Option(names = "--format", paramLabel = "table|json", description = "json: one export a line; by default table.")
    private Format format = Format.table;

    @Override
    public Integer call() {
        ListExports query = query();
        Predicate<ExportRequest> filter = filter();
        if (take < 0) {
            throw badUsage("--take must be 0 or more: " + take);
        }
        try (Session session = connection.open(spec())) {
            Listing listing = new Listing(session, filter, format == Format.json);
            listing.start();
            if (take > 0) {
                session.client()
                        .listPages(query)
                        .publishOn(Schedulers.boundedElastic(), 1)
                        .doOnNext(listing::print)
                        .takeUntil(page -> listing.isEnded())
                        .blockLast();
            }
            listing.end();
        }
        return 0;
    }

    private ListExports query() {
        try {
            return ListExports.builder().pageSize(pageSize).from(from).build();
        } catch (IllegalArgumentException e) {
            throw badUsage(ConnectionOptions.inOptionNames(e));
        }
    }

    private Predicate<ExportRequest> filter() {
        Predicate<ExportRequest> filter = export -> true;
        if (!statuses.isEmpty()) {
            filter = filter.and(ExportFilters.status(
                    named("--status", statuses).map(ExportStatus::of).toList()));
        }
        if (!scopes.isEmpty()) {
            filter = filter.and(ExportFilters.scope(
                    named("--scope", scopes).map(ExportScope::of).toList()));
        }
        return filter;
    }

    private Stream<String> named(String option, List<String> values) {
        return values.stream().map(String::strip).peek(value -> {
            if (value.isEmpty()) {
                throw badUsage(option + " has an empty value: write it as " + option + " A,B");
            }
        });
    }

    private ParameterException badUsage(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    /** What was printed of a listing so far, and whether that is enough. */
    private final class Listing {

        private final Session session;
        private final Predicate<ExportRequest> filter;
        private final boolean json;
        private long printed;

        Listing(Session session, Predicate<ExportRequest> filter, boolean json) {
            this.session = session;
            this.filter = filter;
            this.json = json;
        }

        void start() {
            if (!json) {
                session.output().line(ExportTable.HEADER);
            }
            session.output().flush();
        }

        void print(ExportPage page) {
            List<ExportRequest> rows =
                    page.exports().stream().filter(filter).limit(take - printed).toList();
            for (int i = 0; i < rows.size() && !session.output().isClosed(); i++) {
                if (i > 0 && i == rows.size() - 1 && page.hasMore()) {
                    session.output().letReaderLeave();
                }
                session.output().line(json ? rows.get(i).toJson() : ExportTable.row(rows.get(i)));
                printed++;
            }
            session.output().flush();
            session.progress(printed);
        }

        boolean isEnded() {
            return printed >= take || session.output().isClosed();
        }

        void end() {
            if (!session.output().isClosed()) {
                session.summary(printed);
            }
        }
    }
}
