package io.github.batchexports.cli;

import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.cli.connection.CommandFailedException;
import io.github.batchexports.cli.connection.InterruptSignal;
import io.github.batchexports.cli.connection.Session;
import io.github.batchexports.cli.terminal.Output;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * Saves the files of an export, one after the other.
 *
 * @param directory made if it is missing
 * @param overwrite whether files that are there are replaced
 */
record PartSaver(Path directory, boolean overwrite) {

    /** Refuses what is there and no directory, such as a link that leads nowhere, or is below such. */
    void check(ApiCommand command, String option) {
        Path nearest = directory.toAbsolutePath();
        while (nearest.getParent() != null && !Files.exists(nearest, LinkOption.NOFOLLOW_LINKS)) {
            nearest = nearest.getParent();
        }
        if (Files.exists(nearest, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(nearest)) {
            throw command.badUsage(option + " is no directory: " + directory);
        }
    }

    /**
     * The files to save, of which none is there yet: nobody is to wait for one part to hear of another.
     *
     * @param exportId as it was asked for
     * @param fileId the only one that is wanted, or null for all
     */
    List<Part> parts(String exportId, ExportRequest export, @Nullable String fileId) {
        if (!export.id().equals(exportId)) {
            throw new CommandFailedException(
                    "the API was asked for export " + exportId + " and answered with " + export.id(), null);
        }
        List<Part> parts = Part.of(export, fileId, directory);
        for (Part part : parts) {
            if (!overwrite && Files.exists(part.target(), LinkOption.NOFOLLOW_LINKS)) {
                throw FileFailure.of(
                        part.target(),
                        new FileAlreadyExistsException(part.target().toString()));
            }
        }
        return parts;
    }

    /** Saves them all, also after nobody reads any more, and prints the path of each. */
    void save(List<Part> parts, Session session, InterruptSignal interrupt, BiConsumer<Output, Path> print) {
        if (parts.isEmpty()) {
            session.say("the export found no data, so it has no files");
            return;
        }
        makeDirectory();
        for (int i = 0; i < parts.size(); i++) {
            save(parts.get(i), session, interrupt, i + 1 + "/" + parts.size());
            print.accept(session.output(), parts.get(i).target());
            session.output().flush();
        }
    }

    private void makeDirectory() {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(directory + " is no directory", e);
        } catch (IOException e) {
            throw FileFailure.of(directory, e);
        }
    }

    private void save(Part part, Session session, InterruptSignal interrupt, String number) {
        DownloadOptions options = DownloadOptions.builder()
                .overwrite(overwrite)
                .onProgress(session.transfer(number, part.file().size()))
                .build();
        try {
            interrupt.await(session.client()
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
