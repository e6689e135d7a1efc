package io.github.batchexports.cli;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ListOptions;
import io.github.batchexports.cli.connection.CommandFailedException;
import io.github.batchexports.cli.connection.ConnectionOptions;
import io.github.batchexports.cli.connection.Session;
import io.github.batchexports.cli.terminal.ExportTable;
import io.github.batchexports.cli.terminal.Table;
import io.github.batchexports.cli.terminal.Terminal;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.sandbox.Sandbox;
import java.util.List;
import java.util.Objects;
import java.util.Stack;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.OverwrittenOptionException;
import reactor.core.scheduler.Schedulers;

/** {@code exports list}: prints each page as it comes, and asks for the next one only then. */
@Command(name = "list", description = "Lists export requests.")
final class ListCommand extends ApiCommand {

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(names = "--page-size", paramLabel = "N", description = "Items a page, 1 to 100; by default 100.")
    private int pageSize = 100;

    @Option(names = "--take", paramLabel = "N", description = "Ends after so many exports.")
    private long take = Long.MAX_VALUE;

    @Option(
            names = "--from",
            paramLabel = "CURSOR",
            parameterConsumer = Cursor.class,
            description = "Starts at a cursor, as an error names it.")
    private @Nullable String from;

    @Override
    public Integer call() {
        ListOptions query = query();
        Predicate<ExportRequest> filter = filters.filter();
        if (take < 0) {
            throw badUsage("--take must be 0 or more: " + take);
        }
        try (Session session = open(Sandbox.builder())) {
            Listing listing = new Listing(session, filter);
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
        } catch (BatchExportsException e) {
            throw new CommandFailedException(e.getMessage() + resume(e), e);
        }
        return Exports.DONE;
    }

    private String resume(BatchExportsException failure) {
        String cursor = failure.resumeFrom();
        boolean isRefusedCursor = failure instanceof InvalidRequestException && Objects.equals(cursor, from);
        if (cursor != null && !isRefusedCursor) {
            return "; resume with --from " + Terminal.quoted(cursor);
        }
        return from == null ? "" : "; start again without --from";
    }

    private ListOptions query() {
        try {
            return ListOptions.builder().pageSize(pageSize).from(from).build();
        } catch (IllegalArgumentException e) {
            throw badUsage(ConnectionOptions.inOptionNames(e));
        }
    }

    /** Takes the argument as it is: a cursor may begin as an option does, with {@code -h} or another. */
    static final class Cursor implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            if (arguments.isEmpty() || command.optionsMap().containsKey(arguments.peek())) {
                throw new MissingParameterException(command.commandLine(), option, "--from needs a cursor");
            }
            if (option.getValue() != null) {
                throw new OverwrittenOptionException(command.commandLine(), option, "--from must be there only once");
            }
            option.setValue(arguments.pop());
        }
    }

    /** What was printed of a listing so far, and whether that is enough. */
    private final class Listing {

        private final Session session;
        private final Predicate<ExportRequest> filter;
        private final Table<ExportRequest> table;
        private long printed;

        Listing(Session session, Predicate<ExportRequest> filter) {
            this.session = session;
            this.filter = filter;
            this.table = ExportTable.on(session.screen());
        }

        void start() {
            format.header(session.output(), table);
            session.output().flush();
        }

        void print(ExportPage page) {
            List<ExportRequest> rows =
                    page.exports().stream().filter(filter).limit(take - printed).toList();
            for (int i = 0; i < rows.size() && !session.output().isClosed(); i++) {
                if (i > 0 && i == rows.size() - 1 && page.hasMore()) {
                    session.output().letReaderLeave();
                }
                format.export(session.output(), table, rows.get(i));
                printed++;
            }
            session.output().flush();
            session.progress(printed, "export");
        }

        boolean isEnded() {
            return printed >= take || session.output().isClosed();
        }

        void end() {
            if (!session.output().isClosed()) {
                session.summary(printed, "export");
            }
        }
    }
}
