package io.github.batchexports.cli;

import io.github.batchexports.ExportChange;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.cli.connection.ConnectionOptions;
import io.github.batchexports.cli.connection.DurationConverter;
import io.github.batchexports.cli.connection.Session;
import io.github.batchexports.cli.terminal.ChangeTable;
import io.github.batchexports.cli.terminal.ChangeTable.Seen;
import io.github.batchexports.cli.terminal.Table;
import io.github.batchexports.cli.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** {@code exports watch}: prints each export, and each change from then on. */
@Command(name = "watch", description = "Shows export requests, and what becomes of them.")
final class WatchCommand extends ApiCommand {

    /** In a sandbox nobody counts the calls, and somebody wants to see it move. */
    private static final Duration SANDBOX_INTERVAL = Duration.ofSeconds(1);

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = "--interval",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "From one look to the next, such as 10s; by default 30s.")
    private @Nullable Duration interval;

    @Option(
            names = "--for",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Ends after this time, such as 10m; by default never.")
    private @Nullable Duration time;

    private long printed;

    @Override
    public Integer call() {
        check("--for", time, 365);
        WatchOptions.Builder options = options();
        try (Session session = open()) {
            if (interval == null && session.isSandbox()) {
                options.interval(SANDBOX_INTERVAL);
            }
            options.onPoll(new PollReport(session)::hear);
            Table<Seen> table = ChangeTable.on(session.screen());
            format.header(session.output(), table);
            session.output().flush();
            untilTimeIsUp(session.client().watch(options.build()))
                    .publishOn(Schedulers.boundedElastic(), 1)
                    .doOnNext(change -> print(session, table, change))
                    .takeUntil(change -> session.output().isClosed())
                    .blockLast();
            if (!session.output().isClosed()) {
                session.summary(printed, "change");
            }
        }
        return Exports.DONE;
    }

    private WatchOptions.Builder options() {
        WatchOptions.Builder options = WatchOptions.builder().filter(filters.filter());
        try {
            return interval == null ? options : options.interval(interval);
        } catch (IllegalArgumentException e) {
            throw badUsage(ConnectionOptions.inOptionNames(e));
        }
    }

    private Flux<ExportChange> untilTimeIsUp(Flux<ExportChange> changes) {
        return time == null ? changes : changes.take(time);
    }

    private void print(Session session, Table<Seen> table, ExportChange change) {
        session.output()
                .line(format.isJson() ? Terminal.json(change.toJson()) : table.line(new Seen(Instant.now(), change)));
        session.output().flush();
        printed++;
        session.progress(printed, "change");
    }
}
