package io.github.batchexports.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A titled table: the first column is text, the others are figures. */
public final class Table {

    private final String title;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Bars> charts = new ArrayList<>();

    /** Starts with the names of the columns. */
    public Table(String title, String... columns) {
        this.title = title;
        rows.add(List.of(columns));
    }

    /** Adds a row, one text a column. */
    public void add(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells in: " + title);
        }
        rows.add(List.of(cells));
    }

    /** Adds what of it is worth a chart. */
    public void chart(Bars bars) {
        charts.add(bars);
    }

    /** Returns what was added for charts, in that order. */
    public List<Bars> charts() {
        return List.copyOf(charts);
    }

    /** The table for a terminal, or as Markdown. */
    public String toText(boolean markdown) {
        String between = markdown ? " | " : "   ";
        String edge = markdown ? "|" : "";
        StringBuilder text = new StringBuilder(markdown ? "**" + title + "**\n\n" : title + "\n");
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < rows.get(row).size(); column++) {
                cells.add(padded(rows.get(row).get(column), column));
            }
            String line = String.join(between, cells);
            text.append(markdown ? "| " + line + " |" : line).append('\n');
            if (row == 0) {
                text.append(edge).append(rule(markdown)).append(edge).append('\n');
            }
        }
        return text.toString();
    }

    private String rule(boolean markdown) {
        if (!markdown) {
            int width = 0;
            for (int column = 0; column < rows.get(0).size(); column++) {
                width += width(column) + (column == 0 ? 0 : 3);
            }
            return "-".repeat(width);
        }
        return "---" + String.join("", Collections.nCopies(rows.get(0).size() - 1, "|---:"));
    }

    private String padded(String cell, int column) {
        String padding = " ".repeat(width(column) - cell.length());
        return column == 0 ? cell + padding : padding + cell;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
