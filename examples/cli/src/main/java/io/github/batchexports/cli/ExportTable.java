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

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    static final String HEADER = line("ID", "STATUS", "SCOPE", "TYPE", "REQUESTED (UTC)", "TOOK", "FILES", "BYTES");

    private ExportTable() {}

    static String row(ExportRequest export) {
        ExportDefinition request = export.request();
        return line(
                export.id(),
                export.status().text(),
                text(export.scope()),
                text(request == null ? null : request.exportType()),
                export.requestDate() == null ? "-" : DATE.format(export.requestDate()),
                took(export.startDate(), export.completionDate()),
                String.valueOf(export.files().size()),
                bytes(export));
    }

    private static String line(Object... cells) {
        return Terminal.oneLine(String.format(Locale.ROOT, "%-39s  %-7s  %-18s  %-12s  %-19s  %8s  %5s  %9s", cells))
                .stripTrailing();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String took(@Nullable Instant start, @Nullable Instant end) {
        if (start == null || end == null) {
            return "-";
        }
        long seconds = Duration.between(start, end).toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3_600
                ? seconds / 60 + "m " + seconds % 60 + "s"
                : seconds / 3_600 + "h " + seconds % 3_600 / 60 + "m";
    }

    private static String bytes(ExportRequest export) {
        long total = 0;
        for (ExportFile file : export.files()) {
            total += file.size() == null ? 0 : file.size();
        }
        if (total < 1_000) {
            return total + " B";
        }
        double scaled = total;
        String unit = "";
        for (String larger : new String[] {"kB", "MB", "GB", "TB"}) {
            if (scaled >= 1_000) {
                scaled /= 1_000;
                unit = larger;
            }
        }
        return String.format(Locale.ROOT, "%.1f %s", scaled, unit);
    }
}
