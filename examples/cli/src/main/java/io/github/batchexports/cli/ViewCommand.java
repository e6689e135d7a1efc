package io.github.batchexports.cli;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.cli.connection.Session;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code exports view}: one export as it is now. */
@Command(name = "view", description = "Shows one export request.")
final class ViewCommand extends ApiCommand {

    @Parameters(paramLabel = "ID", converter = Ids.Any.class, description = "The export's id.")
    private String exportId = "";

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        try (Session session = open()) {
            ExportRequest export =
                    Objects.requireNonNull(session.client().view(exportId).block());
            format.only(session, export);
        }
        return Exports.DONE;
    }
}
