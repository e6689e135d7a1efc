package io.github.batchexports.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.cli.connection.Session;
import io.github.batchexports.cli.terminal.ExportTable;
import io.github.batchexports.cli.terminal.Output;
import io.github.batchexports.cli.terminal.Table;
import io.github.batchexports.cli.terminal.Terminal;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether people or programs read what is printed. */
final class FormatOption {

    enum Format {
        table,
        json
    }

    @Option(names = "--format", paramLabel = "table|json", description = "json: one object a line; by default table.")
    private Format format = Format.table;

    boolean isJson() {
        return format == Format.json;
    }

    /** Prints what stands above rows, if there are to be any. */
    void header(Output output, Table<?> table) {
        if (!isJson()) {
            output.line(table.header());
        }
    }

    void export(Output output, Table<ExportRequest> table, ExportRequest export) {
        output.line(isJson() ? Terminal.json(export.toJson()) : table.line(export));
    }

    /** Prints an id alone. */
    void id(Output output, String id) {
        output.line(isJson() ? object("id", id) : Terminal.oneLine(id));
    }

    /** Prints where a file was saved. */
    void path(Output output, Path path) {
        output.line(isJson() ? object("path", path.toString()) : path.toString());
    }

    private static String object(String name, String value) {
        return Terminal.json("{\"" + name + "\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"}");
    }

    /** Prints one export, under a header of its own. */
    void only(Session session, ExportRequest export) {
        Table<ExportRequest> table = ExportTable.on(session.screen());
        header(session.output(), table);
        export(session.output(), table, export);
    }
}
