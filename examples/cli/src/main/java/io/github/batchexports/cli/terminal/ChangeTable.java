package io.github.batchexports.cli.terminal;

import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.cli.terminal.Table.Step;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Changes of exports as a table. */
public final class ChangeTable {

    /**
     * A change, and when it was seen.
     *
     * @param time of this program's clock
     */
    public record Seen(Instant time, ExportChange change) {}

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Column<Seen> TIME = Column.of("TIME (UTC)", 19, seen -> ExportTable.DATE.format(seen.time()));
    private static final Column<Seen> TIME_SHORT = Column.of("UTC", 8, seen -> CLOCK.format(seen.time()));
    private static final Column<Seen> KIND =
            Column.of("KIND", 10, seen -> seen.change().kind().toString());
    private static final Column<Seen> STATUS = status("PREVIOUS -> STATUS", 18, ChangeTable::transition);
    private static final Column<Seen> STATUS_SHORT = status("STATUS", 16, ChangeTable::shortTransition);
    private static final Column<Seen> STATUS_NOW =
            status("STATUS", 7, seen -> seen.change().export().status().text());
    private static final Column<Seen> ID =
            Column.<Seen>of("ID", 39, seen -> seen.change().export().id()).shownWhole();
    private static final Column<Seen> SCOPE = Column.of(
            "SCOPE", 18, seen -> ExportTable.text(seen.change().export().scope()));
    private static final Column<Seen> FILES =
            Column.ofNumbers("FILES", 5, seen -> ExportTable.files(seen.change().export()));
    private static final Column<Seen> BYTES =
            Column.ofNumbers("BYTES", 9, seen -> ExportTable.bytes(seen.change().export()));

    private static final List<Column<Seen>> COLUMNS = List.of(TIME, KIND, STATUS, ID, SCOPE, FILES, BYTES);

    private static final List<Step<Seen>> STEPS = List.of(
            new Step<>(FILES, null),
            new Step<>(BYTES, null),
            new Step<>(SCOPE, null),
            new Step<>(TIME, TIME_SHORT),
            new Step<>(STATUS, STATUS_SHORT),
            new Step<>(KIND, null),
            new Step<>(TIME_SHORT, null),
            new Step<>(STATUS_SHORT, STATUS_NOW));

    private ChangeTable() {}

    public static Table<Seen> on(Screen screen) {
        return Table.fitting(screen, COLUMNS, STEPS);
    }

    private static Column<Seen> status(String header, int width, Function<Seen, String> value) {
        return Column.of(header, width, value)
                .styled(seen -> ExportTable.style(seen.change().export().status()));
    }

    private static String transition(Seen seen) {
        return ExportTable.text(seen.change().previous()) + " -> "
                + seen.change().export().status();
    }

    private static String shortTransition(Seen seen) {
        ExportStatus previous = seen.change().previous();
        return (previous == null ? "" : previous + "->")
                + seen.change().export().status();
    }
}
