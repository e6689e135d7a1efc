package io.github.batchexports.cli;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.cli.connection.InterruptSignal;
import io.github.batchexports.cli.connection.Session;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** {@code exports create}: asks for a new export, and goes on to its end or to its files if that is wanted. */
@Command(
        name = "create",
        description = "Creates an export from a JSON object, and prints its id.",
        exitCodeList = {
            "0:created; with --await or --download-to: it ended in SUCCESS",
            Exports.FAILED_CODE,
            Exports.BAD_USAGE_CODE,
            Exports.EXPORT_ERROR_CODE,
            Exports.TIMED_OUT_CODE
        })
final class CreateCommand extends ApiCommand {

    @Parameters(
            paramLabel = "REQUEST.json",
            description = "The file with the object that the API is sent as it is; - for standard input.")
    private String file = "";

    @Option(names = "--await", description = "Waits until the export has ended, and shows it.")
    private boolean awaits;

    @Option(names = "--download-to", paramLabel = "DIR", description = "Waits, and saves its files there.")
    private @Nullable Path directory;

    @Mixin
    private Waiting waiting = new Waiting();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        waiting.check(this);
        boolean goesOn = awaits || directory != null;
        if (waiting.isGiven() && !goesOn) {
            throw badUsage("--interval and --timeout go with --await or --download-to");
        }
        PartSaver saver = directory == null ? null : new PartSaver(directory, false);
        if (saver != null) {
            saver.check(this, "--download-to");
        }
        ExportDefinition definition = RequestFile.read(this, file);
        try (InterruptSignal interrupt = new InterruptSignal();
                Session session = open()) {
            String exportId = interrupt.await(created(session, definition));
            format.id(session.output(), exportId);
            session.output().flush();
            if (session.output().isClosed()) {
                session.say("created " + exportId + ", which standard output did not take");
            }
            return goesOn ? goOn(session, interrupt, exportId, saver) : Exports.DONE;
        }
    }

    private Mono<String> created(Session session, ExportDefinition definition) {
        Mono<String> created;
        try {
            created = session.client().create(definition);
        } catch (IllegalArgumentException e) {
            throw badUsage(RequestFile.name(file) + ": " + e.getMessage());
        }
        return created.doOnCancel(
                () -> session.say("interrupted: the export may have been created; look for it with 'exports list'"));
    }

    private int goOn(Session session, InterruptSignal interrupt, String exportId, @Nullable PartSaver saver) {
        ExportRequest export = waiting.await(session, interrupt, exportId);
        if (export == null) {
            return Exports.TIMED_OUT;
        }
        format.only(session, export);
        session.output().flush();
        int code = Waiting.exitCode(export.status());
        if (saver != null && code == Exports.DONE) {
            List<Part> parts = saver.parts(exportId, Ids.requirePlain(export), null);
            saver.save(parts, session, interrupt, format::path);
        }
        return code;
    }
}
