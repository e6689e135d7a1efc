package io.github.batchexports.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void figuresAreAlignedToTheRight() {
        assertThat(table().toText(false)).isEqualTo("""
                Prices
                         eggs
                -------------
                cheap       1
                dear    1,000
                """);
    }

    @Test
    void markdownHasARuleUnderItsColumns() {
        assertThat(table().toText(true)).isEqualTo("""
                **Prices**

                |       |  eggs |
                |---|---:|
                | cheap |     1 |
                | dear  | 1,000 |
                """);
    }

    @Test
    void rowOfWrongLengthIsRefused() {
        assertThatThrownBy(() -> table().add("alone")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void medianIsMiddleValue() {
        assertThat(new Sample(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThat(new Sample(List.of(4.0, 9.0, 1.0, 2.0)).median()).isEqualTo(3);
        assertThat(new Sample(List.of(4.0, 9.0, 1.0)).spread(1)).isEqualTo("1.0 to 9.0");
        assertThat(new Sample(List.of(4.0)).ratioTo(new Sample(List.of(8.0)))).isEqualTo("0.50");
    }

    private static Table table() {
        Table table = new Table("Prices", "", "eggs");
        table.add("cheap", "1");
        table.add("dear", "1,000");
        return table;
    }
}
