package io.github.batchexports.cli;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Exports as lines of a table whose columns are as wide as the API's own values are. */
final class ExportTable {

    static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String FORMAT = "%-39s  %-7s  %-18s  %-12s  %-19s  %8s  %5s  %9s";

    static final String HEADER =
            line(FORMAT, "ID", "STATUS", "SCOPE", "TYPE", "REQUESTED (UTC)", "TOOK", "FILES", "BYTES");

    private ExportTable() {}

    static String row(ExportRequest export) {
        ExportDefinition request = export.request();
        return line(
                FORMAT,
                export.id(),
                export.status().text(),
                text(export.scope()),
                text(request == null ? null : request.exportType()),
                export.requestDate() == null ? "-" : DATE.format(export.requestDate()),
                took(export.startDate(), export.completionDate()),
                String.valueOf(export.files().size()),
                bytes(export));
    }

    /** Cells as one line that does a terminal no harm. */
    static String line(String format, Object... cells) {
        return Terminal.oneLine(String.format(Locale.ROOT, format, cells)).stripTrailing();
    }

    static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String took(@Nullable Instant start, @Nullable Instant end) {
        return start == null || end == null ? "-" : Quantities.time(Duration.between(start, end));
    }

    static String bytes(ExportRequest export) {
        long total = 0;
        for (ExportFile file : export.files()) {
            total += file.size() == null ? 0 : file.size();
        }
        return Quantities.bytes(total);
    }
}
