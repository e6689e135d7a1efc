package io.github.batchexports.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * Rows as lines, each as it comes. On a terminal columns are left out and shortened, in a fixed order, until they fit its
 * width; elsewhere every value is whole.
 */
public final class Table<R> {

    private static final int GAP = 2;

    private final List<Column<R>> columns;
    private final Screen screen;
    private final ColorScheme colors;

    private Table(List<Column<R>> columns, Screen screen) {
        this.columns = columns;
        this.screen = screen;
        this.colors = new ColorScheme.Builder(screen.ansi()).build();
    }

    /**
     * What gives way where there is no room.
     *
     * @param column which one
     * @param shorter what takes its place, or null for nothing
     */
    public record Step<R>(Column<R> column, @Nullable Column<R> shorter) {}

    /** The columns that fit a screen after as few of the steps as it takes. */
    public static <R> Table<R> fitting(Screen screen, List<Column<R>> columns, List<Step<R>> steps) {
        List<Column<R>> fitting = new ArrayList<>(columns);
        for (int i = 0; i < steps.size() && width(fitting) > screen.width(); i++) {
            Step<R> step = steps.get(i);
            int at = fitting.indexOf(step.column());
            if (step.shorter() == null) {
                fitting.remove(at);
            } else {
                fitting.set(at, step.shorter());
            }
        }
        return new Table<>(List.copyOf(fitting), screen);
    }

    private static int width(List<? extends Column<?>> columns) {
        return columns.stream().mapToInt(Column::width).sum() + GAP * (columns.size() - 1);
    }

    /** The line above the rows. */
    public String header() {
        Cells cells = new Cells();
        for (Column<R> column : columns) {
            cells.add(column, column.header(), List.of());
        }
        return cells.line();
    }

    /** A row as one line that does a terminal no harm. */
    public String line(R row) {
        Cells cells = new Cells();
        for (Column<R> column : columns) {
            cells.add(
                    column,
                    Terminal.oneLine(column.value().apply(row)),
                    column.style().apply(row));
        }
        return cells.line();
    }

    /** One line; a column is wider in it than in others if one of its values cannot be shortened. */
    private final class Cells {

        private final List<Help.Column> widths = new ArrayList<>();
        private final List<Text> texts = new ArrayList<>();

        void add(Column<R> column, String value, List<IStyle> styles) {
            int width = column.width();
            String text = value;
            if (text.length() > width && screen.terminal() && !column.whole()) {
                text = text.substring(0, width - 1) + "…";
            }
            if (column.rightAligned()) {
                text = " ".repeat(Math.max(0, width - text.length())) + text;
            }
            int gap = widths.isEmpty() ? 0 : GAP;
            widths.add(new Help.Column(gap + Math.max(width, text.length()), gap, Overflow.TRUNCATE));
            texts.add(colors.apply(text, styles));
        }

        String line() {
            TextTable table = TextTable.forColumns(colors, widths.toArray(Help.Column[]::new));
            table.addRowValues(texts.toArray(Text[]::new));
            return table.toString().stripTrailing();
        }
    }
}
