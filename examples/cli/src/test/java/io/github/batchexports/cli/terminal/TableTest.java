package io.github.batchexports.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.terminal.Table.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Tables on screens of several widths. */
class TableTest {

    private record Row(String id, String word, int number) {}

    private static final Column<Row> ID = Column.of("ID", 6, Row::id).shownWhole();
    private static final Column<Row> WORD = Column.of("WORD", 8, Row::word).styled(row -> List.of(Style.fg_red));
    private static final Column<Row> SHORT = Column.of("W", 3, Row::word);
    private static final Column<Row> NUMBER = Column.ofNumbers("N", 4, row -> String.valueOf(row.number()));
    private static final List<Column<Row>> COLUMNS = List.of(ID, WORD, NUMBER);
    private static final List<Step<Row>> STEPS =
            List.of(new Step<>(WORD, SHORT), new Step<>(NUMBER, null), new Step<>(SHORT, null));

    private static Table<Row> table(int width) {
        return Table.fitting(new Screen(true, true, width, Ansi.OFF), COLUMNS, STEPS);
    }

    @ParameterizedTest
    @CsvSource({
        "22, 'ID      WORD         N', 'abcdef  running     42'",
        "21, 'ID      W       N', 'abcdef  ru…    42'",
        "16, 'ID      W', 'abcdef  ru…'",
        "10, ID, abcdef",
        "2, ID, abcdef"
    })
    void columnsGiveWayInTheirOrderUntilTheRestFits(int width, String header, String line) {
        assertThat(table(width).header()).isEqualTo(header);
        assertThat(table(width).line(new Row("abcdef", "running", 42))).isEqualTo(line);
    }

    @Test
    void idsStayWholeWhereOtherValuesShorten() {
        assertThat(table(22).line(new Row("abcdefgh", "running late", 42))).isEqualTo("abcdefgh  running…    42");
    }

    @Test
    void whereNobodyLooksEveryValueIsWholeOnOneLine() {
        Table<Row> table = Table.fitting(Screen.REDIRECTED, COLUMNS, STEPS);
        assertThat(table.line(new Row("abcdefgh", "running late", 123_456)))
                .isEqualTo("abcdefgh  running late  123456");
    }

    @Test
    void serverStringsNeitherSteerNorColourTerminal() {
        Table<Row> table = Table.fitting(new Screen(true, true, 80, Ansi.ON), COLUMNS, STEPS);
        assertThat(table.line(new Row("a\u001b[2Jb", "@|blue x|@", 1)))
                .startsWith("a [2Jb")
                .contains("\u001b[31m@|blue …");
        assertThat(table.line(new Row("a\u009b2Jb\u202ec\u2028", "\u0085", 1)))
                .startsWith("a 2Jb c ")
                .doesNotContain("\u0085");
    }
}
