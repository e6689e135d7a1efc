package io.github.batchexports.cli;

import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.Exceptions;

/** {@code exports download}: saves an export's files, one after the other. */
@Command(
        name = "download",
        description = "Saves the files of an export request as EXPORT_ID.PART.jsonl, and prints each one's path.",
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

    @Option(names = "--to", paramLabel = "DIR", description = "Where to save them; by default here.")
    private Path directory = Path.of("");

    @Option(names = "--overwrite", description = "Replaces files that are there already.")
    private boolean overwrite;

    @Override
    public Integer call() {
        if (!Files.isDirectory(directory)) {
            throw badUsage("--to is no directory: " + directory);
        }
        try (Interruption interruption = new Interruption();
                Session session = open()) {
            ExportRequest export = interruption.await(session.client().view(exportId));
            List<Part> parts = parts(export);
            if (parts.isEmpty()) {
                System.err.println("exports: export " + exportId + " found no data, so it has no files");
            }
            for (int i = 0; i < parts.size() && !session.output().isClosed(); i++) {
                save(parts.get(i), session, interruption, i + 1 + "/" + parts.size());
                session.output().line(parts.get(i).target().toString());
                session.output().flush();
            }
        }
        return Exports.DONE;
    }

    private List<Part> parts(ExportRequest export) {
        if (!export.id().equals(exportId)) {
            throw new CommandFailedException(
                    "the API was asked for export " + exportId + " and answered with " + export.id(), null);
        }
        if (!export.status().equals(ExportStatus.SUCCESS)) {
            String what = export.isFinal()
                    ? " ended in " + export.status() + ", so it has no files"
                    : " is " + export.status() + ": it has files when it is SUCCESS; see 'exports await'";
            throw new CommandFailedException("export " + exportId + what, null);
        }
        List<Part> parts = Part.of(export, fileId, directory);
        parts.forEach(this::checkTarget);
        return parts;
    }

    /** Before anything is downloaded, so that nobody waits for one part to hear of another. */
    private void checkTarget(Part part) {
        if (!overwrite && Files.exists(part.target(), LinkOption.NOFOLLOW_LINKS)) {
            throw FileFailure.of(
                    part.target(), new FileAlreadyExistsException(part.target().toString()));
        }
    }

    private void save(Part part, Session session, Interruption interruption, String number) {
        DownloadOptions options = DownloadOptions.builder()
                .overwrite(overwrite)
                .onProgress(session.transfer(number, part.file().size()))
                .build();
        try {
            interruption.await(session.client()
                    .downloadTo(part.file(), part.target(), options)
                    .doOnCancel(session::clearProgress));
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof IOException failure) {
                throw FileFailure.of(part.target(), failure);
            }
            throw e;
        } finally {
            session.clearProgress();
        }
    }
}
