package io.github.batchexports.cli;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.cli.connection.InterruptSignal;
import io.github.batchexports.cli.connection.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private Waiting waiting = new Waiting();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        waiting.check(this);
        try (InterruptSignal interrupt = new InterruptSignal();
                Session session = open()) {
            ExportRequest export = waiting.await(session, interrupt, exportId);
            if (export == null) {
                return Exports.TIMED_OUT;
            }
            format.only(session, export);
            return Waiting.exitCode(export.status());
        }
    }
}
