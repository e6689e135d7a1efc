package io.github.batchexports.cli;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.cli.connection.CommandFailedException;
import io.github.batchexports.cli.connection.InterruptSignal;
import io.github.batchexports.cli.connection.Session;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exports download}: saves an export's files, one after the other. */
@Command(
        name = "download",
        description = "Saves an export's files as EXPORT_ID.PART.jsonl, and prints each one's path.",
        exitCodeList = {
            "0:done; an export that found no data has no files",
            "1:the export is not SUCCESS, or the API, the network or the disk failed",
            Exports.BAD_USAGE_CODE
        })
final class DownloadCommand extends ApiCommand {

    @Parameters(paramLabel = "EXPORT_ID", converter = Ids.InFileName.class, description = "The export's id.")
    private String exportId = "";

    @Option(
            names = "--file",
            paramLabel = "FILE_ID",
            converter = Ids.InFileName.class,
            description = "Only this one of its files.")
    private @Nullable String fileId;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Where to save them, made if it is missing; by default here.")
    private Path directory = Path.of("");

    @Option(names = "--overwrite", description = "Replaces files that are there already.")
    private boolean overwrite;

    @Override
    public Integer call() {
        PartSaver saver = new PartSaver(directory, overwrite);
        saver.check(this, "--to");
        try (InterruptSignal interrupt = new InterruptSignal();
                Session session = open()) {
            ExportRequest export = interrupt.await(session.client().view(exportId));
            requireSuccess(export);
            List<Part> parts = saver.parts(exportId, export, fileId);
            saver.save(parts, session, interrupt, (output, path) -> output.line(path.toString()));
        }
        return Exports.DONE;
    }

    private void requireSuccess(ExportRequest export) {
        if (export.id().equals(exportId) && !export.status().equals(ExportStatus.SUCCESS)) {
            String what = export.isFinal()
                    ? " ended in " + export.status() + ", so it has no files"
                    : " is " + export.status() + ": it has files when it is SUCCESS; see 'exports await'";
            throw new CommandFailedException("export " + exportId + what, null);
        }
    }
}
