package io.github.batchexports.cli.terminal;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi.IStyle;

/**
 * A column of a table.
 *
 * @param header what stands above it
 * @param width as wide as the values that are usual; wider ones are shortened on a terminal
 * @param rightAligned whether it has numbers
 * @param whole whether its values are never shortened
 * @param value of a row
 * @param style of a row's value
 */
public record Column<R>(
        String header,
        int width,
        boolean rightAligned,
        boolean whole,
        Function<R, String> value,
        Function<R, List<IStyle>> style) {

    public static <R> Column<R> of(String header, int width, Function<R, String> value) {
        return new Column<>(header, width, false, false, value, row -> List.of());
    }

    public static <R> Column<R> ofNumbers(String header, int width, Function<R, String> value) {
        return new Column<>(header, width, true, false, value, row -> List.of());
    }

    /** The same column, of which every value is shown to its end. */
    public Column<R> shownWhole() {
        return new Column<>(header, width, rightAligned, true, value, style);
    }

    public Column<R> styled(Function<R, List<IStyle>> style) {
        return new Column<>(header, width, rightAligned, whole, value, style);
    }
}
