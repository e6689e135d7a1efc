package io.github.batchexports.cli;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.cli.connection.CallOutcomes;
import io.github.batchexports.cli.connection.DurationConverter;
import io.github.batchexports.cli.connection.InterruptSignal;
import io.github.batchexports.cli.connection.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** How long and how often to look whether an export has ended. */
final class Waiting {

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

    boolean isGiven() {
        return interval != null || timeout != null;
    }

    void check(ApiCommand command) {
        command.check("--interval", interval, 1);
        command.check("--timeout", timeout, 365);
    }

    /** The export when it has ended; null when the time was up before, which was said then. */
    @Nullable
    ExportRequest await(Session session, InterruptSignal interrupt, String exportId) {
        AwaitOptions.Builder options = AwaitOptions.builder();
        if (interval != null) {
            options.interval(interval);
        }
        Mono<ExportRequest> ended = session.client().awaitCompletion(exportId, options.build());
        if (timeout != null) {
            ended = ended.timeout(timeout, Mono.empty());
        }
        CallOutcomes calls = session.outcomes();
        ExportRequest export;
        Disposable progress = session.showWaiting();
        try {
            export = interrupt.await(ended.singleOptional()).orElse(null);
        } finally {
            progress.dispose();
            session.clearProgress();
        }
        if (export == null) {
            String failure = calls.failure();
            session.say("export " + exportId + " has not ended within --timeout"
                    + (failure == null ? "" : "; no call succeeded, the last one: " + failure));
        }
        return export;
    }

    /** The exit code of an export that has ended: 0 says that its files can be downloaded. */
    static int exitCode(ExportStatus ended) {
        return ended.equals(ExportStatus.SUCCESS) ? Exports.DONE : Exports.EXPORT_ERROR;
    }
}
