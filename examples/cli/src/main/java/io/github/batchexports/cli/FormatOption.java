package io.github.batchexports.cli;

import io.github.batchexports.ExportRequest;
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
    void header(Output output, String header) {
        if (!isJson()) {
            output.line(header);
        }
    }

    void export(Output output, ExportRequest export) {
        output.line(isJson() ? export.toJson() : ExportTable.row(export));
    }
}
