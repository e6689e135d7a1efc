package io.github.batchexports.cli;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportRequest;
import java.time.Instant;

/** Changes of exports as lines of a table. */
final class ChangeTable {

    static final String HEADER = line("TIME (UTC)", "KIND", "PREVIOUS -> STATUS", "ID", "SCOPE", "FILES", "BYTES");

    private ChangeTable() {}

    static String row(Instant time, ExportChange change) {
        ExportRequest export = change.export();
        return line(
                ExportTable.DATE.format(time),
                change.kind(),
                ExportTable.text(change.previous()) + " -> " + export.status().text(),
                export.id(),
                ExportTable.text(export.scope()),
                export.files().size(),
                ExportTable.bytes(export));
    }

    private static String line(Object... cells) {
        return ExportTable.line("%-19s  %-10s  %-18s  %-39s  %-18s  %5s  %9s", cells);
    }
}
