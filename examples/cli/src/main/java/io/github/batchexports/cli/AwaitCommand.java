package io.github.batchexports.cli;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.cli.terminal.Terminal;
import io.github.batchexports.reactor.BatchExportsClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** {@code exports await}: waits for one export to end. */
@Command(
        name = "await",
        description = "Waits until an export request has ended, and shows it.",
        exitCodeList = {
            "0:the export ended in SUCCESS",
            Exports.FAILED_CODE,
            Exports.BAD_USAGE_CODE,
            Exports.EXPORT_ERROR_CODE,
            Exports.TIMED_OUT_CODE
        })
final class AwaitCommand extends ApiCommand {

    @Parameters(paramLabel = "ID", converter = Ids.Any.class, description = "The export's id.")
    private String exportId = "";

    @Option(
            names = "--interval",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "From one look to the next, such as 10s; by default 5s, growing to 30s.")
    private @Nullable Duration interval;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Gives up after this time, such as 10m; by default never.")
    private @Nullable Duration timeout;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        check("--interval", interval, 1);
        check("--timeout", timeout, 365);
        try (Session session = open()) {
            ExportRequest export = ended(session);
            if (export == null) {
                System.err.println("exports: export " + Terminal.oneLine(exportId) + " has not ended within --timeout");
                return Exports.TIMED_OUT;
            }
            format.only(session, export);
            return exitCode(export.status());
        }
    }

    /** The exit code of an export that has ended: 0 says that its files can be downloaded. */
    static int exitCode(ExportStatus ended) {
        return ended.equals(ExportStatus.SUCCESS) ? Exports.DONE : Exports.EXPORT_ERROR;
    }

    /** The export, or null when the time was up before. */
    private @Nullable ExportRequest ended(Session session) {
        BatchExportsClient client = session.client();
        AwaitOptions.Builder options = AwaitOptions.builder();
        if (interval != null) {
            options.interval(interval);
        }
        Mono<ExportRequest> ended = client.awaitCompletion(exportId, options.build());
        Disposable progress = session.showWaiting();
        try {
            return (timeout == null ? ended : ended.timeout(timeout, Mono.empty())).block();
        } finally {
            progress.dispose();
            session.clearProgress();
        }
    }
}
