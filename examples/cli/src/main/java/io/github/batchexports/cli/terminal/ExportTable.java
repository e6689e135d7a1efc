package io.github.batchexports.cli.terminal;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.cli.terminal.Table.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Exports as a table whose columns are as wide as the API's own values are. */
public final class ExportTable {

    static final DateTimeFormatter DATE = formatter("yyyy-MM-dd HH:mm:ss");
    static final DateTimeFormatter SHORT_DATE = formatter("MM-dd HH:mm");

    private static final Column<ExportRequest> ID =
            Column.of("ID", 39, ExportRequest::id).shownWhole();
    private static final Column<ExportRequest> STATUS = Column.<ExportRequest>of(
                    "STATUS", 7, export -> export.status().text())
            .styled(export -> style(export.status()));
    private static final Column<ExportRequest> SCOPE = Column.of("SCOPE", 18, export -> text(export.scope()));
    private static final Column<ExportRequest> TYPE = Column.of("TYPE", 12, export -> type(export.request()));
    private static final Column<ExportRequest> REQUESTED =
            Column.of("REQUESTED (UTC)", 19, export -> date(DATE, export.requestDate()));
    private static final Column<ExportRequest> REQUESTED_SHORT =
            Column.of("REQUESTED", 11, export -> date(SHORT_DATE, export.requestDate()));
    private static final Column<ExportRequest> TOOK =
            Column.ofNumbers("TOOK", 8, export -> took(export.startDate(), export.completionDate()));
    private static final Column<ExportRequest> FILES = Column.ofNumbers("FILES", 5, ExportTable::files);
    private static final Column<ExportRequest> BYTES = Column.ofNumbers("BYTES", 9, ExportTable::bytes);

    private static final List<Column<ExportRequest>> COLUMNS =
            List.of(ID, STATUS, SCOPE, TYPE, REQUESTED, TOOK, FILES, BYTES);

    private static final List<Step<ExportRequest>> STEPS = List.of(
            new Step<>(TYPE, null),
            new Step<>(TOOK, null),
            new Step<>(FILES, null),
            new Step<>(SCOPE, null),
            new Step<>(REQUESTED, REQUESTED_SHORT),
            new Step<>(BYTES, null),
            new Step<>(REQUESTED_SHORT, null));

    private ExportTable() {}

    public static Table<ExportRequest> on(Screen screen) {
        return Table.fitting(screen, COLUMNS, STEPS);
    }

    /** How a status looks where there is colour. */
    static List<IStyle> style(ExportStatus status) {
        return switch (status.text()) {
            case "SUCCESS" -> List.of(Style.fg_green);
            case "ERROR" -> List.of(Style.fg_red);
            case "EXPIRED" -> List.of(Style.faint);
            case "CREATED", "PENDING", "RUNNING" -> List.of(Style.fg_yellow);
            default -> List.of();
        };
    }

    static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    static String files(ExportRequest export) {
        return String.valueOf(export.files().size());
    }

    static String bytes(ExportRequest export) {
        long total = 0;
        for (ExportFile file : export.files()) {
            total += file.size() == null ? 0 : file.size();
        }
        return Quantities.bytes(total);
    }

    private static String type(@Nullable ExportDefinition request) {
        return text(request == null ? null : request.exportType());
    }

    private static String date(DateTimeFormatter formatter, @Nullable Instant date) {
        return date == null ? "-" : formatter.format(date);
    }

    private static String took(@Nullable Instant start, @Nullable Instant end) {
        return start == null || end == null ? "-" : Quantities.time(Duration.between(start, end));
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
