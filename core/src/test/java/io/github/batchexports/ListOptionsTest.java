package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListOptionsTest {

    @Test
    void defaultsMakeTheFewestCalls() {
        ListOptions query = ListOptions.builder().build();
        assertThat(query.pageSize()).isEqualTo(100);
        assertThat(query.from()).isNull();
        assertThat(query.readAhead()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 100})
    void pageSizesOfTheApiAreAccepted(int size) {
        assertThat(ListOptions.builder().pageSize(size).build().pageSize()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
    void otherPageSizesAreRefused(int size) {
        assertThatThrownBy(() -> ListOptions.builder().pageSize(size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 100")
                .hasMessageContaining(String.valueOf(size));
    }

    @Test
    void cursorIsOpaqueButNotEmpty() {
        assertThat(ListOptions.builder().from("a b+/=%&é").build().from()).isEqualTo("a b+/=%&é");
        assertThat(ListOptions.builder().from("x").from(null).build().from()).isNull();
        assertThatThrownBy(() -> ListOptions.builder().from("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readAheadIsAtMostOnePage() {
        assertThat(ListOptions.builder().readAhead(1).build().readAhead()).isEqualTo(1);
        assertThatThrownBy(() -> ListOptions.builder().readAhead(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ListOptions.builder().readAhead(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
